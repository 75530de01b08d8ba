using System.Collections.Frozen;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What of the feed a reader asks for.</summary>
/// <param name="Types">Types of events; null for all.</param>
/// <param name="Symbol">A symbol or the id of a market; null for all.</param>
/// <param name="Account">An account; null for all that the reader may see.</param>
internal sealed record FeedSelection(FrozenSet<string>? Types, string? Symbol, AccountId? Account)
{
    private static readonly TextParameter InstrumentParameter = new(
        "instrument",
        "Only events of this instrument and those of its whole market: its symbol, or a market's id for all of it.");

    private static readonly TextParameter AccountParameter = new("account_id", "Only events of this account: its id.");

    /// <summary>What it is read from.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
        [FeedFilter.TypesParameter, InstrumentParameter, AccountParameter];

    public static FeedSelection Read(QueryReader query, Defects defects)
    {
        var types = FeedFilter.Read(query);
        var symbol = query.Text(InstrumentParameter);
        return new FeedSelection(
            types, symbol,
            query.Text(AccountParameter) is { } text ? OrderBinder.Account(text, "account_id", defects) : null);
    }
}
