namespace ReplicatedBook.Matching.Commands;

/// <summary>Carries another command and says where it came from, for its audit record; the answer is the other's.
/// It has no key and no deadline of its own: those of the other count.</summary>
/// <param name="Origin">Address of the client, 0 to 64 printable ASCII characters.</param>
/// <param name="Command">The other command as CommandCodec writes it, of the same user; not itself one of
/// these.</param>
public readonly record struct Audited(string Origin, ReadOnlyMemory<byte> Command);
