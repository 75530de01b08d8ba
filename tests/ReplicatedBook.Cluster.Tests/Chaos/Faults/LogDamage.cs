using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <summary>Damages the newest segment of a stopped node's log, and can undo it.</summary>
internal sealed class LogDamage : IDisposable
{
    private const int Block = 512;
    private static readonly string[] Kinds = ["flip", "tear", "zero", "garbage"];

    private readonly string _folder;
    private readonly string _copy;

    private LogDamage(string folder, string kind) => (_folder, _copy, Kind) = (folder, folder + ".before", kind);

    /// <summary>flip (one bit), tear (cut off), zero or garbage (a block of 512 bytes).</summary>
    public string Kind { get; }

    /// <summary>Damages a drawn place among the bytes in use.</summary>
    /// <param name="folder">The stopped node's data directory.</param>
    /// <param name="chance">Draws kind and place.</param>
    public static LogDamage Do(string folder, RandomStream chance)
    {
        var damage = new LogDamage(folder, Kinds[chance.Position(Kinds.Length)]);
        Copy(folder, damage._copy);
        var path = Directory.GetFiles(folder, "wal-*.log").Max(StringComparer.Ordinal)!;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var used = UsedBytes(file);
        var place = chance.Between(Math.Min(Block, used - 1), used - 1);
        switch (damage.Kind)
        {
            case "flip":
                file.Position = place;
                var old = file.ReadByte();
                Write(file, place, [(byte)(old ^ (1 << chance.Number(0, 7)))]);
                break;
            case "tear":
                file.SetLength(place);
                break;
            case "zero":
                Write(file, place / Block * Block, new byte[Block]);
                break;
            default:
                var garbage = new byte[Block];
                for (var i = 0; i < Block; i++)
                {
                    garbage[i] = (byte)chance.NextBits();
                }

                Write(file, place / Block * Block, garbage);
                break;
        }

        file.Flush(flushToDisk: false);
        return damage;
    }

    /// <summary>Puts the folder back as it was before; the node must be stopped.</summary>
    public void Undo()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Move(_copy, _folder);
    }

    public void Dispose()
    {
        if (Directory.Exists(_copy))
        {
            Directory.Delete(_copy, recursive: true);
        }
    }

    /// <summary>Segments may be longer than what was written into them; the rest is zero.</summary>
    private static long UsedBytes(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Math.Max(2, bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1);
    }

    private static void Write(FileStream file, long place, byte[] bytes)
    {
        file.Position = place;
        file.Write(bytes);
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
