namespace ReplicatedBook.Client.Outcomes;

/// <summary>Bytes that were written to the caller's stream and are what the node said they would be.</summary>
/// <param name="Bytes">How many.</param>
/// <param name="Sha256">Their SHA-256, 64 hex digits.</param>
public sealed record Download(long Bytes, string Sha256);
