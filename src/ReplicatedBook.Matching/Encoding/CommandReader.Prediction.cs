using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of prediction markets. A text that is not as it should be is told apart from a damaged command: it
/// has a reason of its own.</content>
internal static partial class CommandReader
{
    private const string NoOutcome = "?"; // Which cannot be an outcome's id.

    private static int FieldsOfPrediction(CommandKind kind) => kind switch
    {
        CommandKind.CreatePredictionMarket => 13,
        CommandKind.UpdatePredictionMarket => 6,
        CommandKind.DeletePredictionMarket or CommandKind.VoidPredictionMarket => 2,
        CommandKind.ResolvePredictionMarket => 4,
        _ => 3,
    };

    /// <summary>Reads the content of a CreatePredictionMarket; keeps as many outcomes as there may be, and one
    /// more.</summary>
    /// <param name="reader">At the content.</param>
    /// <param name="command">What was read.</param>
    /// <param name="areTextsValid">Whether every text is as it should be.</param>
    public static bool TryRead(
        ref MessagePackReader reader, out CreatePredictionMarket command, out bool areTextsValid)
    {
        var isRead = reader.TryReadText(out var eventId) & reader.TryReadText(out var title)
            & reader.TryReadText(out var category) & reader.TryReadText(out var description)
            & TryReadInt32(ref reader, out var collateral)
            & reader.TryReadInteger(out var tick) & TryReadInt32(ref reader, out var tickScale)
            & TryReadInt32(ref reader, out var shareScale) & TryReadInt32(ref reader, out var makerFee)
            & TryReadInt32(ref reader, out var takerFee) & reader.TryReadInteger(out var closesAt)
            & reader.TryReadBoolean(out var isPending) & reader.TryReadArrayHeader(out var count);
        areTextsValid = TextRules.IsEventId(eventId);
        List<OutcomeDefinition> outcomes = [];
        command = new CreatePredictionMarket(
            Ascii(eventId), Title(title, ref areTextsValid), new AssetId(collateral), new DecimalSize(tick, tickScale),
            shareScale, makerFee, takerFee, new Timestamp(closesAt), outcomes)
        {
            Category = Text(category, TextRules.MaxCategory, mayHaveLines: false, ref areTextsValid),
            Description = Text(description, TextRules.MaxDescription, mayHaveLines: true, ref areTextsValid),
            IsPending = isPending,
        };
        for (var i = 0; isRead && i < count; i++)
        {
            isRead = reader.TryReadArrayHeader(out var fields) & reader.TryReadText(out var id)
                & reader.TryReadText(out title) && fields == 2;
            areTextsValid &= TextRules.IsOutcomeId(id);
            if (i <= CreatePredictionMarket.MaxOutcomes)
            {
                outcomes.Add(new OutcomeDefinition(
                    Ascii(id), Text(title, TextRules.MaxOutcomeTitle, mayHaveLines: false, ref areTextsValid)));
            }
        }

        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of an UpdatePredictionMarket.</summary>
    public static bool TryRead(
        ref MessagePackReader reader, out UpdatePredictionMarket command, out bool areTextsValid)
    {
        var isRead = TryReadInt32(ref reader, out var market)
            & TryReadTextOrNil(ref reader, out var title, out var isTitle)
            & TryReadTextOrNil(ref reader, out var category, out var isCategory)
            & TryReadTextOrNil(ref reader, out var description, out var isDescription);
        var isTimed = !reader.TryReadNil();
        var closesAt = 0L;
        isRead &= !isTimed || reader.TryReadInteger(out closesAt);
        isRead &= reader.TryReadInteger(out var expectedVersion) && reader.IsAtEnd;
        areTextsValid = true;
        command = new UpdatePredictionMarket(
            new PredictionMarketId(market), isTitle ? Title(title, ref areTextsValid) : null,
            isCategory ? Text(category, TextRules.MaxCategory, mayHaveLines: false, ref areTextsValid) : null,
            isDescription ? Text(description, TextRules.MaxDescription, mayHaveLines: true, ref areTextsValid) : null,
            isTimed ? new Timestamp(closesAt) : null, expectedVersion);
        return isRead;
    }

    /// <summary>Reads the content of a DeletePredictionMarket or VoidPredictionMarket.</summary>
    public static bool TryReadMarket(ref MessagePackReader reader, out int market, out long expectedVersion) =>
        TryReadInt32(ref reader, out market) & reader.TryReadInteger(out expectedVersion) && reader.IsAtEnd;

    /// <summary>Reads the content of a SetPredictionMarketStatus.</summary>
    public static bool TryRead(ref MessagePackReader reader, out SetPredictionMarketStatus command)
    {
        var isRead = TryReadInt32(ref reader, out var market)
            & TryReadEnum(ref reader, PredictionMarketStatus.Deleted, out var status)
            & reader.TryReadInteger(out var expectedVersion);
        command = new SetPredictionMarketStatus(new PredictionMarketId(market), status, expectedVersion);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a ResolvePredictionMarket; keeps as many payouts as there may be outcomes, and one
    /// more.</summary>
    public static bool TryRead(ref MessagePackReader reader, out ResolvePredictionMarket command)
    {
        var isRead = TryReadInt32(ref reader, out var market) & reader.TryReadText(out var winner)
            & reader.TryReadArrayHeader(out var count);
        List<long> payouts = [];
        for (var i = 0; isRead && i < count; i++)
        {
            isRead = reader.TryReadInteger(out var payout);
            if (i <= CreatePredictionMarket.MaxOutcomes)
            {
                payouts.Add(payout);
            }
        }

        isRead &= reader.TryReadInteger(out var expectedVersion);
        command = new ResolvePredictionMarket(
            new PredictionMarketId(market), TextRules.IsOutcomeId(winner) || winner.IsEmpty ? Ascii(winner) : NoOutcome,
            payouts, expectedVersion);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a SplitSet or MergeSet.</summary>
    public static bool TryReadSet(ref MessagePackReader reader, out long account, out int market, out long quantity) =>
        reader.TryReadInteger(out account) & TryReadInt32(ref reader, out market)
        & reader.TryReadInteger(out quantity) && reader.IsAtEnd;

    private static bool TryReadTextOrNil(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> text, out bool isGiven)
    {
        text = default;
        isGiven = !reader.TryReadNil();
        return !isGiven || reader.TryReadText(out text);
    }

    private static string Ascii(ReadOnlySpan<byte> text) => System.Text.Encoding.ASCII.GetString(text);

    private static string Title(ReadOnlySpan<byte> text, ref bool isValid)
    {
        isValid &= !text.IsEmpty;
        return Text(text, TextRules.MaxTitle, mayHaveLines: false, ref isValid);
    }

    private static string Text(ReadOnlySpan<byte> utf8, int maxBytes, bool mayHaveLines, ref bool isValid)
    {
        isValid &= TextRules.TryDecode(utf8, maxBytes, mayHaveLines, out var text);
        return text;
    }
}
