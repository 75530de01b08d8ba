using System.Text;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Lines with mistakes in them, all from a seed.</summary>
internal sealed class LineMutations(int seed)
{
    private static readonly string[] Good =
    [
        "AUTH t0 rbk_1_abcdefghijklmnop", "NEW t1 BTC-USD B LIMIT 100.00 0.5000 cid=x", "N t2 BTC-USD S MKT - 1",
        "NEW t3 b1:2 BACK LIMIT 3.5 10 account=a1 stp=cancel_maker", "MODIFY t4 7 101.00 -", "CANCEL t5 7",
        "CANCEL t6 cid=x", "CANCELALL t7 BTC-USD", "ORDER t8 7", "SNAPSHOT t9 BTC-USD depth=5 level=2",
        "CREDIT t10 a1 USD 10.00", "BALANCE t11 a1", "FEED t12 ON from=5 symbol=BTC-USD", "FEED t13 OFF", "STATUS t14",
        "COD t15 OFF", "PING t16",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Lines to begin with; others may stand in for those above.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = Good;

    /// <summary>One line without its end, with one to four mistakes.</summary>
    public byte[] Next()
    {
        var line = Encoding.ASCII.GetBytes(Seeds[_random.Next(Seeds.Count)]).ToList();
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            Mutate(line);
        }

        line.RemoveAll(part => part == (byte)'\n');
        return [.. line];
    }

    private void Mutate(List<byte> line)
    {
        var at = _random.Next(line.Count + 1);
        switch (_random.Next(8))
        {
            case 0 when at < line.Count:
                line.RemoveAt(at);
                break;
            case 1 when at < line.Count:
                line[at] = (byte)_random.Next(256);
                break;
            case 2 when at < line.Count:
                line[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 3:
                line.Insert(at, (byte)_random.Next(' ', 127));
                break;
            case 4:
                line.RemoveRange(at, line.Count - at);
                break;
            case 5:
                line.InsertRange(at, Encoding.ASCII.GetBytes(Good[_random.Next(Good.Length)]));
                break;
            case 6:
                line.InsertRange(at, Enumerable.Repeat((byte)_random.Next('0', '9' + 1), _random.Next(1, 400)));
                break;
            default:
                var parts = Encoding.Latin1.GetString([.. line]).Split(' ');
                var (one, other) = (_random.Next(parts.Length), _random.Next(parts.Length));
                (parts[one], parts[other]) = (parts[other], parts[one]);
                line.Clear();
                line.AddRange(Encoding.Latin1.GetBytes(string.Join(' ', parts)));
                break;
        }
    }
}
