namespace ReplicatedBook.Node.Options;

/// <summary>The node cannot start with these settings; the message says which and why.</summary>
internal sealed class ConfigurationRefusedException(string message) : Exception(message);
