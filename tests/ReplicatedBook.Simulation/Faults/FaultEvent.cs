using System.Globalization;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>One fault as a schedule has it: when, what, where, how long. Times are in microseconds.</summary>
internal sealed record FaultEvent
{
    /// <summary>When it begins: since the start, or since an election.</summary>
    public required long At { get; init; }

    /// <summary>What it does.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>After which election <see cref="At"/> counts, from 1; 0 for the start. The node is then the one that
    /// was elected.</summary>
    public int Reign { get; init; }

    /// <summary>Number of the node it strikes.</summary>
    public int Node { get; init; }

    /// <summary>Whether it strikes who leads at that time, and the node only if nobody does.</summary>
    public bool OnLeader { get; init; }

    /// <summary>How long it lasts.</summary>
    public long Length { get; init; }

    /// <summary>How much, how many times, or how many; depends on the kind.</summary>
    public long Amount { get; init; }

    /// <summary>Whether the power goes too.</summary>
    public bool LosesPower { get; init; }

    /// <summary>Directions that are concerned.</summary>
    public IReadOnlyList<(int From, int To)> Links { get; init; } = [];

    /// <summary>One line, as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        var words = new List<string> { $"at={At}", Kind.ToString() };
        AddWord("reign", Reign);
        AddWord("node", Node);
        AddWord("length", Length);
        AddWord("amount", Amount);
        if (Links.Count > 0)
        {
            words.Add("links=" + string.Join(',', Links.Select(link => $"{link.From}>{link.To}")));
        }

        words.AddRange(OnLeader ? ["leader"] : []);
        words.AddRange(LosesPower ? ["power"] : []);
        return string.Join(' ', words);

        void AddWord(string name, long value)
        {
            if (value != 0)
            {
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
            }
        }
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static FaultEvent Parse(string line)
    {
        var parsed = new FaultEvent { At = 0, Kind = default };
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var value = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
            parsed = word[..^value.Length] switch
            {
                "at=" => parsed with { At = Number(value) },
                "reign=" => parsed with { Reign = (int)Number(value) },
                "node=" => parsed with { Node = (int)Number(value) },
                "length=" => parsed with { Length = Number(value) },
                "amount=" => parsed with { Amount = Number(value) },
                "links=" => parsed with { Links = [.. value.Split(',').Select(Link)] },
                "" when word == "leader" => parsed with { OnLeader = true },
                "" when word == "power" => parsed with { LosesPower = true },
                "" => parsed with { Kind = Enum.Parse<FaultKind>(word) },
                _ => throw new FormatException($"'{word}' in '{line}'"),
            };
        }

        return parsed;
    }

    private static (int From, int To) Link(string text)
    {
        var arrow = text.IndexOf('>', StringComparison.Ordinal);
        return ((int)Number(text[..arrow]), (int)Number(text[(arrow + 1)..]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
