using System.Security.Cryptography;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Turns requests about events into commands.</summary>
internal static class EventBinder
{
    private const int IdBytes = 10;

    /// <summary>Understands a request for an event, but for its collateral.</summary>
    /// <param name="request">As read.</param>
    /// <param name="key">The client's name for the request; empty for none.</param>
    /// <param name="defects">Receives what is wrong.</param>
    public static CreatePredictionMarket Bind(CreateEventRequest request, RequestKey key, Defects defects)
    {
        var outcomes = new OutcomeDefinition[request.Outcomes.Count];
        if (outcomes.Length is < CreatePredictionMarket.MinOutcomes or > CreatePredictionMarket.MaxOutcomes)
        {
            defects.Invalid(
                "outcomes",
                $"outcomes must be a list of {CreatePredictionMarket.MinOutcomes} to "
                    + $"{CreatePredictionMarket.MaxOutcomes} outcomes");
        }
        else
        {
            Bind(request.Outcomes, outcomes, defects);
        }

        if (request.EventId is not null)
        {
            EventTexts.CheckEventId(request.EventId, defects);
        }

        EventTexts.CheckTitle(request.Title, defects);
        EventTexts.CheckCategory(request.Category ?? "", defects);
        EventTexts.CheckDescription(request.Description ?? "", defects);
        if (!IdText.IsId(request.Collateral))
        {
            defects.Invalid("collateral", "collateral must be 1 to 32 characters of A-Za-z0-9._-");
        }

        if (request.Status is not (null or "active" or "pending"))
        {
            defects.Invalid("status", "status must be one of active, pending");
        }

        var closesAt = request.ClosesAt is null ? default : ClosesAt(request.ClosesAt, defects);
        return new CreatePredictionMarket(
            request.EventId ?? NewId(key), request.Title, default,
            InstrumentEndpoints.Size(request.TickSize, "tick_size", defects), ShareScale(request.LotSize, defects),
            request.MakerFeeBps ?? 0, request.TakerFeeBps ?? 0, closesAt, outcomes)
        {
            Category = request.Category ?? "",
            Description = request.Description ?? "",
            IsPending = request.Status == "pending",
        };
    }

    /// <summary>Understands a change of an event; null stays null.</summary>
    /// <param name="request">As read.</param>
    /// <param name="closesAt">0 for never; null where it stays as it is.</param>
    /// <param name="defects">Receives what is wrong.</param>
    public static void Check(UpdateEventRequest request, out Timestamp? closesAt, Defects defects)
    {
        if (request is { Title: null, Description: null, Category: null, ClosesAt: null })
        {
            defects.Missing("title");
        }

        if (request.Title is not null)
        {
            EventTexts.CheckTitle(request.Title, defects);
        }

        EventTexts.CheckCategory(request.Category ?? "", defects);
        EventTexts.CheckDescription(request.Description ?? "", defects);
        closesAt = request.ClosesAt switch
        {
            null => null,
            "never" => default(Timestamp),
            var text => ClosesAt(text, defects),
        };
    }

    private static void Bind(
        IReadOnlyList<EventOutcome> given, OutcomeDefinition[] outcomes, Defects defects)
    {
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (given[i] is not { } outcome)
            {
                defects.Missing($"outcomes[{i}]");
                continue;
            }

            EventTexts.CheckOutcomeId(outcome.Id, $"outcomes[{i}].id", defects);
            EventTexts.CheckOutcomeTitle(outcome.Title ?? outcome.Id, $"outcomes[{i}].title", defects);
            outcomes[i] = new OutcomeDefinition(outcome.Id, outcome.Title ?? outcome.Id);
        }
    }

    private static Timestamp ClosesAt(string text, Defects defects)
    {
        if (TimeText.Parse(text) is { } time)
        {
            return time;
        }

        defects.Invalid("closes_at", "closes_at must be a time such as 2030-01-31T12:00:00Z");
        return default;
    }

    /// <summary>Digits after the point of a quantity, whose step is 1, 0.1, 0.01 and so on.</summary>
    private static int ShareScale(string? lotSize, Defects defects)
    {
        if (lotSize is null)
        {
            return 0;
        }

        if (DecimalText.TryParse(lotSize, out var mantissa, out var scale))
        {
            while (scale > 0 && mantissa % 10 == 0 && mantissa > 0)
            {
                mantissa /= 10;
                scale--;
            }

            if (mantissa == 1)
            {
                return scale;
            }
        }

        defects.Invalid("lot_size", "lot_size must be 1, 0.1, 0.01 and so on to twelve digits");
        return 0;
    }

    /// <summary>An id for who gives none. From the key where there is one, so that a repetition at any node asks for
    /// the same event.</summary>
    private static string NewId(RequestKey key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (key.IsEmpty)
        {
            RandomNumberGenerator.Fill(hash);
        }
        else
        {
            SHA256.HashData(key.Bytes, hash);
        }

        return "ev-" + Convert.ToHexStringLower(hash[..IdBytes]);
    }
}
