namespace ReplicatedBook.Cli.Init;

/// <summary>A certificate and its private key, both as PEM.</summary>
/// <param name="Certificate">May be seen by everybody.</param>
/// <param name="Key">A secret.</param>
internal sealed record IssuedCertificate(string Certificate, string Key);
