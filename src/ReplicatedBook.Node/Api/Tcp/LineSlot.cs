namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>A place among the replies of a connection, in the order of its commands.</summary>
/// <param name="Text">What goes there, once it is known.</param>
/// <param name="Before">What has to be done before it is sent; null for nothing.</param>
/// <param name="After">What begins when it has been sent; null for nothing.</param>
internal readonly record struct LineSlot(Task<string> Text, Func<Task>? Before = null, Action? After = null)
{
    /// <summary>A reply that is known already.</summary>
    public static LineSlot Of(string text) => new(Task.FromResult(text));
}
