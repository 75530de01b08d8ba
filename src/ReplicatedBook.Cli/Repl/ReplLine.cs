using System.Globalization;

namespace ReplicatedBook.Cli.Repl;

/// <summary>Makes a line as people type it one of the line protocol (API.md 5): single spaces, and a tag where there is
/// none.</summary>
internal sealed class ReplLine
{
    private const char TagMark = '#';
    private const string MassCancel = "CANCELALL";
    private const string Place = "NEW";

    /// <summary>Fields that each command must have by position, without its tag.</summary>
    private static readonly Dictionary<string, int> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AUTH"] = 1,
        [Place] = 5,
        ["N"] = 5,
        ["MODIFY"] = 3,
        ["M"] = 3,
        ["CANCEL"] = 1,
        ["C"] = 1,
        [MassCancel] = 0,
        ["ORDER"] = 1,
        ["O"] = 1,
        ["SNAPSHOT"] = 1,
        ["S"] = 1,
        ["CREDIT"] = 3,
        ["A"] = 3,
        ["BALANCE"] = 1,
        ["B"] = 1,
        ["FEED"] = 1,
        ["F"] = 1,
        ["STATUS"] = 0,
        ["COD"] = 1,
        ["PING"] = 0,
    };

    private static readonly HashSet<string> Options =
    [
        "account", "stp", "depth", "level", "consistency", "min_index", "at_index", "from", "symbol", "grace_ms",
    ];

    private long _last;

    /// <summary>What <c>help</c> shows.</summary>
    public const string Help =
        """
        new SYMBOL B|S|BACK|LAY LIMIT|MARKET|IOC|FOK|POST PRICE|- QTY [account=aN] [cid=X] [stp=cancel_maker]
        modify ORDER PRICE|- QTY|-                  cancel ORDER|cid=X             cancelall [SYMBOL]
        order ORDER|cid=X                           snapshot SYMBOL [depth=20] [level=1|2|3] [at_index=N]
        balance ACCOUNT                             credit ACCOUNT ASSET AMOUNT    (administrators)
        feed on [from=N] [symbol=X], feed off       cod on|off                     cancel on disconnect
        status                                      ping                           quit
        A tag may stand behind the command; else one is made up. Replies repeat it.
        """;

    /// <summary>The line to send; null where there is none: it is empty, or a remark behind #.</summary>
    public string? Complete(string typed)
    {
        var parts = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (parts.Count == 0 || parts[0][0] == TagMark)
        {
            return null;
        }

        if (Fields.TryGetValue(parts[0], out var fields) && LacksTag(parts, fields))
        {
            parts.Insert(1, string.Create(CultureInfo.InvariantCulture, $"{TagMark}{++_last}"));
        }

        return string.Join(' ', parts);
    }

    // A command that is a field short is taken for one without a tag: the node then says which field is missing.
    private static bool LacksTag(List<string> parts, int fields)
    {
        var byPosition = parts.Skip(1).Count(part => !IsOption(part, parts[0]));

        // One field behind CANCELALL is a symbol: taken for a tag, it would cancel more than was meant.
        return byPosition <= fields || (IsWord(parts[0], MassCancel) && byPosition == 1);
    }

    private static bool IsOption(string part, string command)
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && (Options.Contains(part[..at])
            || (part[..at] == "cid" && (IsWord(command, Place) || IsWord(command, "N"))));
    }

    private static bool IsWord(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
