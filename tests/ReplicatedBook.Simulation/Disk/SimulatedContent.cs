using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Disk;

/// <summary>A file's bytes as programs see them, as the disk holds them, and the changes between the two.</summary>
internal sealed class SimulatedContent
{
    /// <summary>Disks write whole sectors: after power loss each holds one of the contents it was given since the last
    /// sync.</summary>
    public const int SectorBytes = 512;

    private readonly List<Change> _unsynced = [];
    private byte[] _durable = [];
    private byte[] _visible = [];

    /// <summary>Size as programs see it.</summary>
    public int Length { get; private set; }

    /// <summary>Size on the disk.</summary>
    public int DurableLength { get; private set; }

    /// <summary>Whether something would be lost with the power.</summary>
    public bool HasUnsynced => _unsynced.Count > 0;

    /// <summary>Reads what programs see.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length)
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, Length - (int)offset);
        _visible.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    /// <summary>Writes to what programs see.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        _unsynced.Add(new Change(checked((int)offset), bytes.ToArray(), NewLength: -1));
        Length = Apply(ref _visible, Length, _unsynced[^1]);
    }

    /// <summary>Cuts or extends what programs see.</summary>
    public void SetLength(long length)
    {
        _unsynced.Add(new Change(0, [], checked((int)length)));
        Length = Apply(ref _visible, Length, _unsynced[^1]);
    }

    /// <summary>Makes all changes durable.</summary>
    public void Sync()
    {
        foreach (var change in _unsynced)
        {
            DurableLength = Apply(ref _durable, DurableLength, change);
        }

        _unsynced.Clear();
    }

    /// <summary>What the disk would hold if the power went now and nothing unsynced had reached it.</summary>
    public SimulatedContent DurableCopy() => new()
    {
        _durable = _durable.AsSpan(0, DurableLength).ToArray(),
        _visible = _durable.AsSpan(0, DurableLength).ToArray(),
        DurableLength = DurableLength,
        Length = DurableLength,
    };

    /// <summary>Loses what was not synced, except for sectors that happened to reach the disk, in any order.</summary>
    /// <param name="chance">Decides each sector.</param>
    /// <param name="keptPerMille">How likely a sector reached the disk.</param>
    public void LosePower(RandomStream chance, int keptPerMille)
    {
        var (result, resultLength) = (_durable.AsSpan(0, DurableLength).ToArray(), DurableLength);
        foreach (var change in _unsynced)
        {
            // From here on this is the state after each change in turn.
            DurableLength = Apply(ref _durable, DurableLength, change);
            if (change.NewLength >= 0)
            {
                if (chance.Chance(keptPerMille))
                {
                    resultLength = Apply(ref result, resultLength, change);
                }

                continue;
            }

            var end = change.Offset + change.Bytes.Length;
            for (var at = change.Offset / SectorBytes * SectorBytes; at < end; at += SectorBytes)
            {
                if (chance.Chance(keptPerMille))
                {
                    var sector = _durable.AsSpan(at, Math.Min(SectorBytes, DurableLength - at));
                    resultLength = Apply(ref result, resultLength, new Change(at, sector.ToArray(), NewLength: -1));
                }
            }
        }

        _unsynced.Clear();
        (_durable, DurableLength) = (result, resultLength);
        (_visible, Length) = (result.AsSpan(0, resultLength).ToArray(), resultLength);
    }

    private static int Apply(ref byte[] bytes, int length, Change change)
    {
        var newLength = change.NewLength >= 0
            ? change.NewLength
            : Math.Max(length, change.Offset + change.Bytes.Length);
        if (newLength > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(newLength, 2 * bytes.Length));
        }

        if (newLength < length)
        {
            bytes.AsSpan(newLength, length - newLength).Clear(); // They read as zero when it grows again.
        }

        change.Bytes.CopyTo(bytes.AsSpan(change.Offset));
        return newLength;
    }

    /// <summary>A write, or a new length when that is not negative.</summary>
    private readonly record struct Change(int Offset, byte[] Bytes, int NewLength);
}
