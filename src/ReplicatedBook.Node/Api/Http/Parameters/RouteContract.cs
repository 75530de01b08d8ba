using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>What a route takes beside path and body, and what it can refuse with.</summary>
/// <param name="Query">Its query parameters.</param>
/// <param name="Headers">Its own request headers; those of every route are not listed.</param>
/// <param name="Problems">Codes it can answer with; each once.</param>
/// <param name="IsWrite">Whether it submits a command.</param>
internal sealed record RouteContract(
    IReadOnlyList<QueryParameter> Query, IReadOnlyList<HeaderParameter> Headers,
    IReadOnlyList<ProblemCode> Problems, bool IsWrite)
{
    /// <summary>The status of a refusal that is a text where it is no problem; null where all are problems.</summary>
    public int? TextStatus { get; private init; }

    /// <summary>A route that answers from what this node knows of itself.</summary>
    public static RouteContract Plain(params IReadOnlyList<QueryParameter> query) => new(
        query, [],
        [
            ProblemCodes.MalformedRequest, ProblemCodes.InvalidQuery, ProblemCodes.Internal, ProblemCodes.ShuttingDown,
        ],
        IsWrite: false);

    /// <summary>A route that reads the exchange at a level of the client's choice.</summary>
    public static RouteContract Read(params IReadOnlyList<QueryParameter> query) =>
        Plain([.. query, .. Reads.Parameters]).Refuses(
            ProblemCodes.IndexCompacted, ProblemCodes.NoLeader, ProblemCodes.NoQuorum, ProblemCodes.Overloaded,
            ProblemCodes.TooStale, ProblemCodes.IndexNotReached);

    /// <summary>A route that submits a command.</summary>
    public static RouteContract Write(params IReadOnlyList<QueryParameter> query)
    {
        var contract = Plain([.. query, .. WriteOptions.Parameters]).Takes(WriteOptions.KeyParameter).Refuses(
            ProblemCodes.InvalidField, ProblemCodes.FeatureDisabled, ProblemCodes.IdempotencyKeyReused,
            ProblemCodes.LimitReached, ProblemCodes.BatchAborted, ProblemCodes.NoLeader, ProblemCodes.Overloaded,
            ProblemCodes.DeadlineExceeded, ProblemCodes.StorageFull, ProblemCodes.OutcomeUnknown);
        return contract with { IsWrite = true };
    }

    /// <summary>Also reads a body.</summary>
    public RouteContract WithBody() => Refuses(
        ProblemCodes.UnknownField, ProblemCodes.DuplicateField, ProblemCodes.MissingField, ProblemCodes.InvalidField,
        ProblemCodes.RequestTimeout, ProblemCodes.BodyTooLarge, ProblemCodes.UnsupportedMediaType);

    /// <summary>Also looks up, before it submits, what the request names.</summary>
    public RouteContract LooksUp() => Refuses(
        ProblemCodes.NotFound, ProblemCodes.NoQuorum, ProblemCodes.IndexNotReached);

    /// <summary>Also places an order or changes one.</summary>
    public RouteContract PlacesOrders() => LooksUp().Refuses(
        ProblemCodes.DuplicateClientOrderId, ProblemCodes.InsufficientFunds, ProblemCodes.InvalidTick,
        ProblemCodes.InvalidLot, ProblemCodes.MinNotional, ProblemCodes.MaxQuantity, ProblemCodes.PriceOutOfBand,
        ProblemCodes.PostOnlyWouldTake, ProblemCodes.MarketNotOpen, ProblemCodes.TooManyOpenOrders);

    /// <summary>Also takes a header.</summary>
    public RouteContract Takes(HeaderParameter header) => this with { Headers = [.. Headers, header] };

    /// <summary>Also answers as its policy says.</summary>
    public RouteContract For(RoutePolicy policy)
    {
        var contract = policy.IsPublic ? this : Refuses(
            ProblemCodes.Unauthenticated, ProblemCodes.TokenExpired, ProblemCodes.Forbidden,
            ProblemCodes.IndexNotReached);
        return policy.Rate == RateClass.None ? contract : contract.Refuses(ProblemCodes.RateLimited);
    }

    /// <summary>Also refuses with a text for people; with a status that one of its problems has.</summary>
    public RouteContract RefusesInText(int status) => this with { TextStatus = status };

    /// <summary>Also answers with these codes.</summary>
    public RouteContract Refuses(params IEnumerable<ProblemCode> codes) =>
        this with { Problems = [.. Problems.Union(codes)] };
}
