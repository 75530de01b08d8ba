namespace ReplicatedBook.Cli;

/// <summary>What was asked cannot be done as asked; the message tells people what to do instead. Ends rb with exit code
/// 2.</summary>
/// <param name="message">One or a few lines.</param>
internal sealed class UsageException(string message) : Exception(message);
