using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <content>Betting markets as <c>b1</c>, runners as digits, and a runner's instrument as <c>b1:2</c>.</content>
internal static partial class IdText
{
    public static string Of(BettingMarketId market) => "b" + Number(market.Value);

    public static string Of(RunnerId runner) => Number(runner.Value);

    /// <summary>The symbol that bets on a runner are placed with.</summary>
    public static string SymbolOf(BettingMarketId market, RunnerId runner) => $"{Of(market)}:{Of(runner)}";

    /// <summary>Null for a text that no betting market can have.</summary>
    public static BettingMarketId? ToBettingMarket(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] == 'b' && ToNumber(text[1..]) is { } number and <= int.MaxValue
            ? new BettingMarketId((int)number)
            : null;

    /// <summary>Null for a text that no runner can have.</summary>
    public static RunnerId? ToRunner(ReadOnlySpan<char> text) =>
        ToNumber(text) is { } number and <= RunnerId.Max ? new RunnerId((int)number) : null;

    /// <summary>Null for a text that no runner's symbol can be.</summary>
    public static (BettingMarketId Market, RunnerId Runner)? ToRunnerSymbol(string text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && ToBettingMarket(text.AsSpan(0, colon)) is { } market
            && ToRunner(text.AsSpan(colon + 1)) is { } runner
                ? (market, runner)
                : null;
    }

    /// <summary>The same; also takes the id of a market, then with runner 0.</summary>
    public static (BettingMarketId Market, RunnerId Runner)? ToMarketOrRunner(string text) =>
        ToRunnerSymbol(text) ?? (ToBettingMarket(text) is { } market ? (market, default(RunnerId)) : null);
}
