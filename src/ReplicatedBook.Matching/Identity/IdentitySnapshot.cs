using System.Buffers;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Identity;

/// <summary>Writes users, keys, sessions and the audit as they were when an image was taken, little by
/// little.</summary>
/// <param name="image">The image.</param>
/// <param name="destination">Where to.</param>
internal sealed class IdentitySnapshot(FrozenIdentity image, IBufferWriter<byte> destination)
{
    private const int Step = 64;

    /// <summary>Each step says how many items it has written.</summary>
    public IEnumerator<int> Steps()
    {
        WriteHead();
        for (var id = 1; id <= image.UserCount; id++)
        {
            yield return WriteUser(id);
        }

        yield return WriteSigningKeys();
        WriteAuditHead();
        for (var sequence = image.Audit.First; sequence < image.Audit.Next; sequence += Step)
        {
            yield return WriteRecords(sequence);
        }

        var writer = new MessagePackWriter(destination);
        CommandCodec.WriteBytes32(ref writer, image.Audit.LastHash);
        writer.Flush();
    }

    private void WriteHead()
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteInteger(image.IdentityIndex);
        writer.WriteBoolean(image.IsBootstrapped);
        writer.WriteInteger(image.LastKey);
        writer.WriteInteger(image.LastSession);
        writer.WriteArrayHeader(image.UserCount);
        writer.Flush();
    }

    private int WriteUser(int id)
    {
        var writer = new MessagePackWriter(destination);
        ref readonly var user = ref image.Users[id - 1];
        IdentityLayout.WriteUser(ref writer, in user);
        writer.WriteArrayHeader(user.Keys.Count);
        for (var slot = user.Keys.First; slot >= 0; slot = image.Keys[slot].Next)
        {
            IdentityLayout.WriteKey(ref writer, in image.Keys[slot]);
        }

        writer.WriteArrayHeader(user.Sessions.Count);
        for (var slot = user.Sessions.First; slot >= 0; slot = image.Sessions[slot].Next)
        {
            IdentityLayout.WriteSession(ref writer, in image.Sessions[slot]);
        }

        writer.Flush();
        return 1 + user.Keys.Count + user.Sessions.Count;
    }

    private int WriteSigningKeys()
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(image.SigningKeys.Count);
        foreach (var key in image.SigningKeys)
        {
            IdentityLayout.WriteSigningKey(ref writer, key);
        }

        writer.Flush();
        return 1 + image.SigningKeys.Count;
    }

    private void WriteAuditHead()
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteInteger(image.Audit.Next - 1);
        CommandCodec.WriteBytes32(ref writer, image.Audit.HashBefore);
        writer.WriteArrayHeader((int)(image.Audit.Next - image.Audit.First));
        writer.Flush();
    }

    private int WriteRecords(long from)
    {
        var writer = new MessagePackWriter(destination);
        Span<byte> room = stackalloc byte[AuditLayout.MaxBytes];
        var end = Math.Min(from + Step, image.Audit.Next);
        for (var sequence = from; sequence < end; sequence++)
        {
            writer.WriteBytes(image.Audit.Copy(sequence, room));
        }

        writer.Flush();
        return (int)(end - from);
    }
}
