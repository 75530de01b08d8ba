using System.Collections.Frozen;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>The commands of API.md 5 as a table, with their aliases. Words are read in any case.</summary>
internal static class LineGrammar
{
    /// <summary>Most bytes of a line, without its end.</summary>
    public const int MaxLineBytes = 1_024;

    /// <summary>Most characters of a tag.</summary>
    public const int MaxTagLength = 16;

    /// <summary>In place of a price or quantity: none.</summary>
    public const string None = "-";

    /// <summary>What stands before a client's own name of an order.</summary>
    public const string ClientOrderIdPrefix = "cid=";

    private static readonly LineField Symbol = new("symbol", "a symbol", AsId);
    private static readonly LineField Account = new("account", "an account's id", AsId);
    private static readonly LineField Asset = new("asset", "an asset's symbol", AsId);
    private static readonly LineField Price = new("price", "a decimal or -", AsDecimalOrNone);
    private static readonly LineField Quantity = new("qty", "a decimal or -", AsDecimalOrNone);
    private static readonly LineField Amount = new("amount", "a decimal", AsDecimal);
    private static readonly LineField OrderId = new("order", "an order's id", AsId);
    private static readonly LineField OrderName = new("order", "an order's id or cid=x", AsIdOrClientOrderId);
    private static readonly LineField Token = new("token", "a token or an API key", static text => text);

    private static readonly LineField Side = Words(
        "side", "B, S, BACK or LAY",
        ("buy", ["B", "BUY"]), ("sell", ["S", "SELL", "A"]), ("back", ["BACK"]), ("lay", ["LAY"]));

    private static readonly LineField Type = Words(
        "type", "LIMIT, MARKET, IOC, FOK or POST",
        ("limit", ["LIMIT", "L"]), ("market", ["MARKET", "M", "MKT"]), ("ioc", ["IOC"]), ("fok", ["FOK"]),
        ("post", ["POST", "POST_ONLY", "POSTONLY", "PO"]));

    private static readonly LineField FeedMode = Words(
        "mode", "ON or OFF",
        ("on", ["ON", "YES", "1", "EVENTS", "SUB", "SUBSCRIBE"]),
        ("off", ["OFF", "NO", "0", "NONE", "STOP", "UNSUB", "UNSUBSCRIBE"]));

    private static readonly LineField Switch = Words("mode", "ON or OFF", ("on", ["ON"]), ("off", ["OFF"]));

    private static readonly FrozenDictionary<string, LineSyntax> Commands = Table(
        (["AUTH"], new(LineVerb.Auth, [Token], [])),
        (["NEW", "N"], new(LineVerb.New, [Symbol, Side, Type, Price, Quantity], ["account", "cid", "stp"])),
        (["MODIFY", "M"], new(LineVerb.Modify, [OrderId, Price, Quantity], [])),
        (["CANCEL", "C"], new(LineVerb.Cancel, [OrderName], ["account"])),
        (["CANCELALL"], new(LineVerb.CancelAll, [Symbol with { IsOptional = true }], ["account"])),
        (["ORDER", "O"], new(LineVerb.Order, [OrderName], ["account", .. ReadOptions])),
        (["SNAPSHOT", "S"], new(LineVerb.Snapshot, [Symbol], ["depth", "level", .. ReadOptions])),
        (["CREDIT", "A"], new(LineVerb.Credit, [Account, Asset, Amount], [])),
        (["BALANCE", "B"], new(LineVerb.Balance, [Account], ReadOptions)),
        (["FEED", "F"], new(LineVerb.Feed, [FeedMode], ["from", "symbol"])),
        (["STATUS"], new(LineVerb.Status, [], [])),
        (["COD"], new(LineVerb.CancelOnDisconnect, [Switch], ["grace_ms"])),
        (["PING"], new(LineVerb.Ping, [], [])),
        (["QUIT"], new(LineVerb.Quit, [], [])));

    /// <summary>What says how a read is served, and from what (API.md 1.3).</summary>
    public static string[] ReadOptions => ["consistency", "min_index", "at_index"];

    /// <summary>Every word of a command, in capitals.</summary>
    public static IEnumerable<string> CommandWords => Commands.Keys;

    /// <summary>The command of a word; null for none.</summary>
    public static LineSyntax? Find(string word) => Commands.GetValueOrDefault(word.ToUpperInvariant());

    private static string? AsId(string text) => IdText.IsId(text) ? text : null;

    private static string? AsIdOrClientOrderId(string text) =>
        IdText.IsId(text)
        || (text.Length > ClientOrderIdPrefix.Length && text.StartsWith(ClientOrderIdPrefix, StringComparison.Ordinal))
            ? text
            : null;

    private static string? AsDecimal(string text) => DecimalText.TryParse(text, out _, out _) ? text : null;

    private static string? AsDecimalOrNone(string text) => text == None ? text : AsDecimal(text);

    private static LineField Words(string name, string form, params (string Value, string[] Words)[] values)
    {
        var byWord = values
            .SelectMany(value => value.Words.Select(word => (word, value.Value)))
            .ToFrozenDictionary(pair => pair.word, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        return new LineField(name, form, text => byWord.GetValueOrDefault(text));
    }

    private static FrozenDictionary<string, LineSyntax> Table(
        params (string[] Words, LineSyntax Syntax)[] commands) => commands
        .SelectMany(command => command.Words.Select(word => (word, command.Syntax)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Syntax, StringComparer.Ordinal);
}
