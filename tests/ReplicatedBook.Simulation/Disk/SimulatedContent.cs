using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Disk;

/// <summary>A file's bytes as programs see them, and what undoes each change since the last sync.</summary>
/// <remarks>Only what a change overwrote is copied, so appending to a file, which is most of what a log and a snapshot
/// do,
/// costs one copy.</remarks>
internal sealed class SimulatedContent
{
    /// <summary>Disks write whole sectors: after power loss each holds one of the contents it was given since the last
    /// sync.</summary>
    public const int SectorBytes = 512;

    private readonly List<Change> _unsynced = [];
    private byte[] _bytes = [];

    /// <summary>Size as programs see it.</summary>
    public int Length { get; private set; }

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
        _bytes.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    /// <summary>Writes to what programs see.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var at = checked((int)offset);
        var overwritten = Math.Clamp(Length - at, 0, bytes.Length);
        _unsynced.Add(new Change(at, bytes.Length, Length, _bytes.AsSpan(0, Length).Slice(
            Math.Min(at, Length), overwritten).ToArray()));
        Resize(Math.Max(Length, at + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(at));
    }

    /// <summary>Cuts or extends what programs see.</summary>
    public void SetLength(long length)
    {
        var newLength = checked((int)length);
        var cut = newLength < Length ? _bytes.AsSpan(newLength, Length - newLength).ToArray() : [];
        _unsynced.Add(new Change(newLength, -1, Length, cut));
        Resize(newLength);
    }

    /// <summary>Makes all changes durable.</summary>
    public void Sync() => _unsynced.Clear();

    /// <summary>What the disk would hold if the power went now and nothing unsynced had reached it.</summary>
    public SimulatedContent DurableCopy()
    {
        var copy = new SimulatedContent { _bytes = _bytes.AsSpan(0, Length).ToArray(), Length = Length };
        for (var i = _unsynced.Count - 1; i >= 0; i--)
        {
            copy.Undo(_unsynced[i]);
        }

        return copy;
    }

    /// <summary>Changes what was synced: some bits, a sector that reads as zeros or as another one (a write that went
    /// astray), or the end is cut.</summary>
    /// <returns>Whether one sector at most was changed.</returns>
    public bool Damage(RandomStream chance)
    {
        if (Length == 0)
        {
            return true;
        }

        var at = chance.Position(Length) / SectorBytes * SectorBytes;
        var sector = _bytes.AsSpan(at, Math.Min(SectorBytes, Length - at));
        switch (chance.Number(0, 4))
        {
            case 0:
                sector.Clear();
                break;
            case 1:
                var other = chance.Position(Length) / SectorBytes * SectorBytes;
                var source = _bytes.AsSpan(other, Math.Min(sector.Length, Length - other)).ToArray();
                source.CopyTo(sector);
                break;
            case 2:
                Resize(chance.Position(Length));
                return false;
            default:
                for (var i = chance.Number(1, 8); i > 0; i--)
                {
                    sector[chance.Position(sector.Length)] ^= (byte)(1 << chance.Position(8));
                }

                break;
        }

        return true;
    }

    /// <summary>Loses what was not synced, except for sectors that happened to reach the disk, in any order.</summary>
    /// <param name="chance">Decides each sector.</param>
    /// <param name="keptPerMille">How likely a sector reached the disk.</param>
    public void LosePower(RandomStream chance, int keptPerMille)
    {
        if (_unsynced.Count == 0)
        {
            return;
        }

        var contents = new byte[_unsynced.Count][];
        var lengths = new int[_unsynced.Count];
        for (var i = _unsynced.Count - 1; i >= 0; i--)
        {
            var change = _unsynced[i];
            lengths[i] = Length;
            contents[i] = change.Count < 0 ? [] : _bytes.AsSpan(change.Offset, change.Count).ToArray();
            Undo(change);
        }

        var (stages, changes) = (new SimulatedContent { _bytes = [.. _bytes], Length = Length }, _unsynced.ToArray());
        _unsynced.Clear();
        for (var i = 0; i < changes.Length; i++)
        {
            // From here on this is the state after each change in turn.
            stages.Redo(changes[i], contents[i], lengths[i]);
            if (changes[i].Count < 0)
            {
                if (chance.Chance(keptPerMille))
                {
                    Resize(changes[i].Offset);
                }

                continue;
            }

            KeepSectors(stages, changes[i], chance, keptPerMille);
        }
    }

    private void KeepSectors(SimulatedContent stages, Change change, RandomStream chance, int keptPerMille)
    {
        var end = change.Offset + change.Count;
        for (var at = change.Offset / SectorBytes * SectorBytes; at < end; at += SectorBytes)
        {
            if (chance.Chance(keptPerMille))
            {
                var sector = stages._bytes.AsSpan(at, Math.Min(SectorBytes, stages.Length - at));
                Resize(Math.Max(Length, at + sector.Length));
                sector.CopyTo(_bytes.AsSpan(at));
            }
        }
    }

    private void Redo(Change change, byte[] content, int newLength)
    {
        Resize(newLength);
        content.CopyTo(_bytes.AsSpan(change.Count < 0 ? 0 : change.Offset));
    }

    private void Undo(Change change)
    {
        Resize(change.OldLength);
        change.Overwritten.CopyTo(_bytes.AsSpan(change.Overwritten.Length == 0 ? 0 : change.Offset));
    }

    /// <summary>Bytes past the end are always zero, so that they read as zero when the file grows again.</summary>
    private void Resize(int newLength)
    {
        if (newLength > _bytes.Length)
        {
            Array.Resize(ref _bytes, Length == 0 ? newLength : Math.Max(newLength, 2 * _bytes.Length));
        }

        if (newLength < Length)
        {
            _bytes.AsSpan(newLength, Length - newLength).Clear();
        }

        Length = newLength;
    }

    /// <summary>A write of so many bytes, or a new length (the offset) when the count is negative.</summary>
    private readonly record struct Change(int Offset, int Count, int OldLength, byte[] Overwritten);
}
