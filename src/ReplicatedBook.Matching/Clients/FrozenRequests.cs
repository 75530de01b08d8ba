using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Clients;

/// <summary>An image of a <see cref="ClientTable"/>.</summary>
internal sealed class FrozenRequests(FrozenQueue<RequestEntry> entries, FrozenQueue<byte> bytes)
{
    private byte[] _scratch = [];

    /// <summary>How many there are.</summary>
    public int Count => entries.Count;

    /// <summary>Writes a request; the oldest is the first.</summary>
    public void Write(ref MessagePackWriter writer, int position)
    {
        ref readonly var entry = ref entries[entries.First + position];
        var length = entry.KeyLength + entry.ResultLength;
        if (_scratch.Length < length)
        {
            _scratch = new byte[2 * length];
        }

        var both = _scratch.AsSpan(0, length);
        bytes.CopyTo(entry.Start, both);
        SnapshotLayout.WriteRequest(ref writer, in entry, both[..entry.KeyLength], both[entry.KeyLength..]);
    }
}
