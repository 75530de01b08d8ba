using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <summary>The exchange with its position in the log: what a snapshot holds (layout in README.md).</summary>
/// <param name="Mark">Last applied entry.</param>
/// <param name="Digest">Running digest there.</param>
/// <param name="Exchange">The state after it.</param>
/// <param name="Membership">Who belongs to the cluster after it; null when nothing has said so yet (the state before
/// the first entry, and snapshots of version 1): then it is the bootstrap membership.</param>
internal sealed record ReplicaState(
    SnapshotMark Mark, Digest Digest, Exchange Exchange, Membership? Membership = null)
{
    private const int Version = 2;
    private const int Fields = 5;
    private const int OldestVersion = 1;
    private const int OldestFields = 4;

    /// <summary>The state before the first entry.</summary>
    public static ReplicaState Empty(ExchangeLimits limits) => new(default, default, new Exchange(limits));

    /// <summary>Writes the canonical bytes; equal states give equal bytes.</summary>
    public void Write(IBufferWriter<byte> destination) => BeginWrite(destination).Continue(int.MaxValue);

    /// <summary>Begins to write the canonical bytes as they are now.</summary>
    public SnapshotWriter BeginWrite(IBufferWriter<byte> destination)
    {
        WriteHead(destination, Version, Fields);
        var writer = new MessagePackWriter(destination);
        writer.WriteBytes((Membership ?? Membership.Empty).ToBytes());
        writer.Flush();
        return Exchange.BeginSnapshot(destination);
    }

    /// <summary>The fields that all versions begin with.</summary>
    private void WriteHead(IBufferWriter<byte> destination, int version, int fields)
    {
        var digest = new byte[Digest.Size];
        Digest.CopyTo(digest);
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(fields);
        writer.WriteInteger(version);
        writer.WriteInteger(Mark.Index);
        writer.WriteInteger(Mark.Term);
        writer.WriteBytes(digest);
        writer.Flush();
    }

    /// <summary>Bytes that stand before the exchange's own.</summary>
    /// <param name="bytes">A snapshot's content, or its beginning.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static int HeadLength(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TrySkip() ? reader.Consumed : throw new FormatException("not the content of a snapshot");
    }

    /// <summary>A snapshot's content for a cluster whose members are not those of the old one: as version 1 had it,
    /// which says nothing of them, so that the settings of each node do.</summary>
    /// <param name="content">Content of any version.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ReadOnlyMemory<byte> WithoutMembers(ReadOnlySpan<byte> content)
    {
        var exchange = content[HeadLength(content)..];
        var destination = new ArrayBufferWriter<byte>(exchange.Length + (2 * Digest.Size));
        Read(content).WriteHead(destination, OldestVersion, OldestFields);
        destination.Write(exchange);
        return destination.WrittenMemory;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not a snapshot of a version this code knows.</exception>
    public static ReplicaState Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        if (!reader.TryReadArrayHeader(out var fields) || !reader.TryReadInteger(out var version)
            || (version, fields) is not ((Version, Fields) or (OldestVersion, OldestFields))
            || !reader.TryReadInteger(out var index) || index < 0
            || !reader.TryReadInteger(out var term) || term < 0
            || !reader.TryReadBytes(out var digest) || digest.Length != Digest.Size)
        {
            throw new FormatException("not a snapshot of version 1 or 2");
        }

        Membership? membership = null;
        if (version != OldestVersion)
        {
            membership = reader.TryReadBytes(out var members) ? Membership.Read(members) : null;
            if (membership is null)
            {
                throw new FormatException("the snapshot's membership cannot be read");
            }
        }

        var exchange = Exchange.ReadSnapshot(bytes[reader.Consumed..]);
        return exchange.AppliedIndex == index
            ? new ReplicaState(new SnapshotMark(index, term), Digest.FromBytes(digest), exchange, membership)
            : throw new FormatException("the snapshot's parts are of different positions");
    }
}
