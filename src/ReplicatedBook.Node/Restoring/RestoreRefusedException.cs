namespace ReplicatedBook.Node.Restoring;

/// <summary>A restore that must not be done; nothing was changed.</summary>
/// <param name="message">Why, and what to do instead.</param>
internal sealed class RestoreRefusedException(string message) : Exception(message);
