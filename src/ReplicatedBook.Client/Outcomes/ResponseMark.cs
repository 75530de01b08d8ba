namespace ReplicatedBook.Client.Outcomes;

/// <summary>Where and when an answer was made, from its <c>Rb-</c> headers.</summary>
/// <param name="Endpoint">Node that was asked.</param>
/// <param name="Index">Log index of the command, or at which the read was evaluated; 0 when not told. As
/// <c>min_index</c> of a
/// later weak read, on any node, it gives read-your-writes.</param>
/// <param name="Term">Its term; 0 when not told.</param>
/// <param name="Node">Name of the answering node; empty when not told.</param>
/// <param name="Role">Its role at that moment; empty when not told.</param>
/// <param name="Leader">Name of the leader it knows; empty when it knows none.</param>
/// <param name="Digest">First 16 hexadecimal digits of the state digest at <paramref name="Index"/>; empty when not
/// told.</param>
/// <param name="Replayed">Whether this is the stored first answer to an earlier request with the same key.</param>
public readonly record struct ResponseMark(
    Uri Endpoint, long Index, long Term, string Node, string Role, string Leader, string Digest, bool Replayed);
