using System.Buffers;
using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Node.Peers;

/// <summary>First frame of a connection; one that is not meant for this node ends the connection.</summary>
/// <param name="ClusterId">The caller's cluster.</param>
/// <param name="From">The caller.</param>
/// <param name="To">Whom it means to reach.</param>
internal sealed record PeerHello(string ClusterId, NodeId From, NodeId To)
{
    private const int ProtocolVersion = 1;
    private const int Fields = 4;

    /// <summary>Writes it: [version, cluster, from, to].</summary>
    public void Write(IBufferWriter<byte> destination)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(Fields);
        writer.WriteInteger(ProtocolVersion);
        writer.WriteText(Encoding.ASCII.GetBytes(ClusterId));
        writer.WriteText(Encoding.ASCII.GetBytes(From.Value));
        writer.WriteText(Encoding.ASCII.GetBytes(To.Value));
        writer.Flush();
    }

    /// <summary>Reads it; null when it is none of this version.</summary>
    public static PeerHello? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count == Fields
            && reader.TryReadInteger(out var version) && version == ProtocolVersion
            && reader.TryReadText(out var cluster) && reader.TryReadText(out var from)
            && reader.TryReadText(out var to) && reader.IsAtEnd
                ? new PeerHello(
                    Encoding.ASCII.GetString(cluster), new NodeId(Encoding.ASCII.GetString(from)),
                    new NodeId(Encoding.ASCII.GetString(to)))
                : null;
    }
}
