using System.Buffers.Binary;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Term and vote, twice: written and synced to one slot, then to the other.</summary>
/// <remarks>Either slot alone is enough. A crash can tear only the slot that is being written, and damage to one sector
/// loses nothing that was promised: with slots that alternate it would, silently, and a forgotten vote may elect two
/// leaders. The second sync costs about as much as the first, and there are few: one pair per election.</remarks>
internal sealed class HardStateFile : IDisposable
{
    /// <summary>Where the second slot begins; 4 KiB, so that no disk keeps both in one physical sector.</summary>
    public const int SecondSlotOffset = 4096;

    private const int SequenceOffset = HeaderBlock.BodyOffset;
    private const int TermOffset = HeaderBlock.BodyOffset + 8;
    private const int VoteOffset = HeaderBlock.BodyOffset + 16;

    private readonly IDiskFile _file;
    private readonly StorageIdentity _identity;
    private readonly byte[] _slot = new byte[HeaderBlock.Bytes];
    private long _sequence;

    private HardStateFile(IDiskFile file, StorageIdentity identity)
    {
        _file = file;
        _identity = identity;
    }

    private static ReadOnlySpan<byte> Magic => "RBOOKHST"u8;

    /// <summary>Term and vote as last written.</summary>
    public HardState State { get; private set; }

    /// <summary>Reads without writing anything.</summary>
    /// <returns>Term and vote and their sequence number; null when there is no such file.</returns>
    /// <exception cref="StorageDamagedException">Neither slot is whole.</exception>
    public static (HardState State, long Sequence)? Read(
        IDisk disk, string directory, StorageIdentity identity, IReadOnlyList<string> files)
    {
        if (!files.Contains(FileNames.HardState))
        {
            return null;
        }

        var path = Path.Combine(directory, FileNames.HardState);
        var content = WholeFile.Read(disk, path);
        var first = ReadSlot(content, 0, identity, path);
        var second = ReadSlot(content, SecondSlotOffset, identity, path);
        if (first is null && second is null)
        {
            throw Lost(path, "neither copy of term and vote is whole");
        }

        if (first?.Sequence == second?.Sequence && first?.State != second?.State)
        {
            throw Lost(path, "the two copies of term and vote contradict each other");
        }

        return (second?.Sequence ?? 0) > (first?.Sequence ?? 0) ? second : first;
    }

    /// <summary>What to say when term and vote are not known.</summary>
    public static StorageDamagedException Lost(string path, string what) => new(
        path, 0,
        $"{what}; this node may have voted, so it must not start again under its name: "
        + "remove it from the cluster and add it with a new name and an empty data directory");

    /// <summary>Makes the file of a new directory: term 0, no vote.</summary>
    public static HardStateFile Create(IDisk disk, string directory, StorageIdentity identity)
    {
        var path = WholeFile.Create(
            disk, directory, FileNames.HardState, file => new HardStateFile(file, identity).WriteSlots(default, 1));
        return new HardStateFile(disk.Open(path, create: false), identity) { _sequence = 1 };
    }

    /// <summary>Goes on with what was read, and makes both slots equal and durable.</summary>
    /// <remarks>What was read may be in the page cache only. The slot that was read is written first: with the same
    /// bytes, so that tearing cannot harm it.</remarks>
    public static HardStateFile Open(
        IDisk disk, string directory, StorageIdentity identity, (HardState State, long Sequence) found)
    {
        var path = Path.Combine(directory, FileNames.HardState);
        var content = WholeFile.Read(disk, path);
        var isFirst = ReadSlot(content, 0, identity, path)?.Sequence == found.Sequence;
        var file = new HardStateFile(disk.Open(path, create: false), identity);
        file.WriteSlots(found.State, found.Sequence, firstOffset: isFirst ? 0 : SecondSlotOffset);
        return file;
    }

    /// <summary>Returns once the new term and vote are durable.</summary>
    /// <exception cref="ArgumentException">The term goes back, or the vote of a term changes.</exception>
    public void Write(HardState state)
    {
        if (state.Term < State.Term
            || (state.Term == State.Term && State.VotedFor is not null && state.VotedFor != State.VotedFor))
        {
            throw new ArgumentException($"{state} must not follow {State}", nameof(state));
        }

        WriteSlots(state, _sequence + 1);
    }

    public void Dispose() => _file.Dispose();

    private void WriteSlots(HardState state, long sequence, int firstOffset = 0)
    {
        _slot.AsSpan().Clear();
        BinaryPrimitives.WriteInt64LittleEndian(_slot.AsSpan(SequenceOffset), sequence);
        BinaryPrimitives.WriteInt64LittleEndian(_slot.AsSpan(TermOffset), state.Term);
        if (state.VotedFor is { } candidate)
        {
            HeaderBlock.WriteName(_slot.AsSpan(VoteOffset), candidate.Value);
        }

        HeaderBlock.Complete(_slot, Magic, _identity);
        _file.Write(firstOffset, _slot);
        _file.Sync();
        _file.Write(SecondSlotOffset - firstOffset, _slot);
        _file.Sync();
        _sequence = sequence;
        State = state;
    }

    private static (HardState State, long Sequence)? ReadSlot(
        byte[] content, int offset, StorageIdentity identity, string path)
    {
        if (content.Length < offset + HeaderBlock.Bytes)
        {
            return null;
        }

        var slot = content.AsSpan(offset, HeaderBlock.Bytes);
        if (!HeaderBlock.IsValid(slot, Magic, identity, path))
        {
            return null;
        }

        var vote = HeaderBlock.ReadName(slot[VoteOffset..]);
        var state = new HardState(
            BinaryPrimitives.ReadInt64LittleEndian(slot[TermOffset..]), vote.Length == 0 ? null : new NodeId(vote));
        return (state, BinaryPrimitives.ReadInt64LittleEndian(slot[SequenceOffset..]));
    }
}
