using System.Buffers.Binary;
using System.Text;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The 512-byte block that every file begins with: what it is, which version, whose, and a checksum over all
/// of it.</summary>
/// <remarks>Layout in README.md. Bytes from <see cref="BodyOffset"/> to <see cref="IdentityOffset"/> belong to the kind
/// of file. 512 bytes, because that is what disks write in one piece.</remarks>
internal static class HeaderBlock
{
    public const int Bytes = 512;
    public const int BodyOffset = 16;
    public const int IdentityOffset = 352;
    public const uint Version = 1;

    private const int VersionOffset = 8;
    private const int ChecksumOffset = 12;
    private const int MaxNameBytes = 64;
    private const int NodeOffset = IdentityOffset + 1 + MaxNameBytes;

    /// <summary>Fills in all but the body, which must be there already.</summary>
    /// <param name="block">512 bytes, zero outside the body.</param>
    /// <param name="magic">Eight ASCII characters that name the kind of file.</param>
    /// <param name="identity">The owner.</param>
    /// <returns>The checksum.</returns>
    public static uint Complete(Span<byte> block, ReadOnlySpan<byte> magic, StorageIdentity identity)
    {
        magic.CopyTo(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block[VersionOffset..], Version);
        WriteName(block[IdentityOffset..], identity.ClusterId);
        WriteName(block[NodeOffset..], identity.NodeId);
        var checksum = Compute(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block[ChecksumOffset..], checksum);
        return checksum;
    }

    /// <summary>The checksum as stored.</summary>
    public static uint StoredChecksum(ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[ChecksumOffset..]);

    /// <summary>Whether a block is complete and unchanged, whoever owns it.</summary>
    /// <exception cref="StorageVersionException">It is, but of another version.</exception>
    /// <exception cref="StorageIdentityException">It is, but of another owner.</exception>
    public static bool IsValid(
        ReadOnlySpan<byte> block, ReadOnlySpan<byte> magic, StorageIdentity identity, string file)
    {
        if (block.Length != Bytes || !block[..magic.Length].SequenceEqual(magic)
            || StoredChecksum(block) != Compute(block))
        {
            return false;
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(block[VersionOffset..]);
        if (version != Version)
        {
            throw new StorageVersionException(file, version);
        }

        var found = OwnerOf(block);
        return found == identity ? true : throw new StorageIdentityException(file, found, identity);
    }

    /// <summary>The owner as it stands there; whether the block is whole says <see cref="IsValid"/>.</summary>
    public static StorageIdentity OwnerOf(ReadOnlySpan<byte> block) =>
        new(ReadName(block[IdentityOffset..]), ReadName(block[NodeOffset..]));

    /// <summary>Writes a name of at most 64 ASCII characters: its length in one byte, then the characters.</summary>
    public static void WriteName(Span<byte> target, string name)
    {
        if (name.Length is 0 or > MaxNameBytes || !Ascii.IsValid(name))
        {
            throw new ArgumentException(
                $"'{name}' is not a name of 1 to {MaxNameBytes} ASCII characters", nameof(name));
        }

        target[0] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name, target[1..]);
    }

    /// <summary>Reads what <see cref="WriteName"/> wrote; empty for length 0.</summary>
    public static string ReadName(ReadOnlySpan<byte> source) =>
        Encoding.ASCII.GetString(source.Slice(1, Math.Min((int)source[0], MaxNameBytes)));

    // The checksum's own four bytes count as zero.
    private static uint Compute(ReadOnlySpan<byte> block)
    {
        Span<byte> copy = stackalloc byte[Bytes];
        block.CopyTo(copy);
        copy.Slice(ChecksumOffset, sizeof(uint)).Clear();
        return Checksum.Of(copy);
    }
}
