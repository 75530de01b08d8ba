using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ReplicatedBook.Matching.Values;

/// <summary>The name a client gives its order; unique per account over open orders and the closed ones that are still
/// kept.</summary>
/// <remarks>1 to 36 printable ASCII characters, held in place so that copying a command allocates nothing.
/// The default value means that none was given.</remarks>
public struct ClientOrderId : IEquatable<ClientOrderId>
{
    /// <summary>Most characters.</summary>
    public const int MaxLength = 36;

    private Storage _bytes;
    private byte _length;

    /// <summary>Whether none was given.</summary>
    public readonly bool IsEmpty => _length == 0;

    /// <summary>Its bytes; valid as long as this variable lives.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes =>
        MemoryMarshal.CreateReadOnlySpan(in Unsafe.As<Storage, byte>(ref Unsafe.AsRef(in _bytes)), _length);

    /// <summary>Takes 1 to 36 bytes from 0x21 to 0x7E; an empty span gives the empty value.</summary>
    /// <returns>False, and the empty value, when they are too many or not printable ASCII.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> ascii, out ClientOrderId value)
    {
        value = default;
        if (ascii.Length > MaxLength || ascii.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) >= 0)
        {
            return false;
        }

        ascii.CopyTo(value._bytes);
        value._length = (byte)ascii.Length;
        return true;
    }

    /// <summary>As above, from text.</summary>
    public static bool TryCreate(string text, out ClientOrderId value)
    {
        value = default;
        return text.Length <= MaxLength && Ascii.IsValid(text) && TryCreate(
            System.Text.Encoding.ASCII.GetBytes(text), out value);
    }

    /// <summary>Equal bytes.</summary>
    public readonly bool Equals(ClientOrderId other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is ClientOrderId other && Equals(other);

    /// <summary>Refused: hash codes differ between processes; the state machine hashes <see cref="Bytes"/>
    /// itself.</summary>
    public override readonly int GetHashCode() => throw new NotSupportedException("hash the bytes");

    /// <summary>The characters.</summary>
    public override readonly string ToString() => System.Text.Encoding.ASCII.GetString(Bytes);

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(ClientOrderId left, ClientOrderId right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(ClientOrderId left, ClientOrderId right) => !left.Equals(right);

    [InlineArray(MaxLength)]
    private struct Storage
    {
        private byte _first;
    }
}
