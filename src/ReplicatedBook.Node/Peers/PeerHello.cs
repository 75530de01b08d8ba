using System.Buffers;
using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Node.Peers;

/// <summary>First frame of a connection, the same for every version of the protocol: what else there is to say comes
/// with <see cref="PeerIntroduction"/>. One that is not meant for this node ends the connection.</summary>
/// <param name="ClusterId">The caller's cluster.</param>
/// <param name="From">The caller.</param>
/// <param name="To">Whom it means to reach.</param>
internal sealed record PeerHello(string ClusterId, NodeId From, NodeId To)
{
    private const int Version = 1;
    private const int Fields = 4;

    /// <summary>Writes it: [version, cluster, from, to].</summary>
    public void Write(IBufferWriter<byte> destination)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(Fields);
        writer.WriteInteger(Version);
        writer.WriteText(Encoding.ASCII.GetBytes(ClusterId));
        writer.WriteText(Encoding.ASCII.GetBytes(From.Value));
        writer.WriteText(Encoding.ASCII.GetBytes(To.Value));
        writer.Flush();
    }

    /// <summary>Reads it; what follows the fields known here is of later builds. Null when it is none.</summary>
    public static PeerHello? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count >= Fields
            && reader.TryReadInteger(out var version) && version >= Version
            && reader.TryReadText(out var cluster) && reader.TryReadText(out var from)
            && reader.TryReadText(out var to)
                ? new PeerHello(
                    Encoding.ASCII.GetString(cluster), new NodeId(Encoding.ASCII.GetString(from)),
                    new NodeId(Encoding.ASCII.GetString(to)))
                : null;
    }
}
