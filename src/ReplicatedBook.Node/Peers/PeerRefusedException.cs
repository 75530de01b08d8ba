namespace ReplicatedBook.Node.Peers;

/// <summary>The other side of a connection has not proved who it is; the connection ends.</summary>
/// <param name="refusal">Why.</param>
/// <param name="message">For people.</param>
internal sealed class PeerRefusedException(PeerRefusal refusal, string message) : IOException(message)
{
    public PeerRefusal Refusal => refusal;
}
