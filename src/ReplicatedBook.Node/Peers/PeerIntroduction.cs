using System.Buffers;
using System.Text;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Peers;

/// <summary>What two nodes tell each other on a new connection, so that neither sends what the other does not
/// read.</summary>
/// <param name="Highest">Highest version of the peer protocol it speaks.</param>
/// <param name="Lowest">Lowest version it still speaks.</param>
/// <param name="Build">Version of its program.</param>
/// <remarks>On the wire a MessagePack array in this order; later builds add fields at its end.</remarks>
internal sealed record PeerIntroduction(int Highest, int Lowest, string Build)
{
    /// <summary>Protocol version that every build speaks until it is introduced.</summary>
    public const int FirstVersion = 1;

    /// <summary>Brings the message kinds above 9.</summary>
    public const int ReportsVersion = 2;

    private const int LatestVersion = ReportsVersion;
    private const int Fields = 3;

    /// <summary>Of this build.</summary>
    public static PeerIntroduction Own { get; } = new(LatestVersion, FirstVersion, NodeReport.OwnVersion);

    /// <summary>The highest version that both speak.</summary>
    /// <param name="other">What the other side said; null when it said nothing.</param>
    /// <returns>Null when there is none: each is too old or too new for the other.</returns>
    public int? Negotiate(PeerIntroduction? other)
    {
        var (highest, lowest) = other is null ? (FirstVersion, FirstVersion) : (other.Highest, other.Lowest);
        var version = Math.Min(Highest, highest);
        return version >= Math.Max(Lowest, lowest) ? version : null;
    }

    /// <summary>Writes it.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Fields);
        writer.WriteInteger(Highest);
        writer.WriteInteger(Lowest);
        writer.WriteText(Encoding.ASCII.GetBytes(Build));
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads it; null when it is none.</summary>
    public static PeerIntroduction? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count >= Fields
            && reader.TryReadInteger(out var highest) && reader.TryReadInteger(out var lowest)
            && lowest >= 1 && highest >= lowest && highest <= int.MaxValue
            && reader.TryReadText(out var build) && build.Length <= 64
                ? new PeerIntroduction((int)highest, (int)lowest, Encoding.ASCII.GetString(build))
                : null;
    }
}
