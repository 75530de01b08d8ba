using ReplicatedBook.Client;

namespace ReplicatedBook.Cli.Contexts;

/// <summary>A session that stands in the file of contexts, for all processes that use it.</summary>
/// <param name="name">Of the context.</param>
internal sealed class StoredSession(string name) : ISessionStore
{
    /// <inheritdoc/>
    public async Task<SessionTokens?> RenewAsync(
        SessionTokens stale, Func<string, Task<SessionTokens?>> refresh, CancellationToken cancellation)
    {
        SessionTokens? next = null;
        await ContextFile.ChangeAsync(
            async book =>
            {
                if (!book.Contexts.TryGetValue(name, out var entry))
                {
                    return null;
                }

                if (entry.AccessToken != stale.AccessToken)
                {
                    next = new SessionTokens(entry.AccessToken, entry.RefreshToken); // Another process was first.
                    return null;
                }

                next = await refresh(entry.RefreshToken);
                if (next is not { RefreshToken: { } token })
                {
                    return null;
                }

                book.Contexts[name] = entry with { AccessToken = next.AccessToken, RefreshToken = token };
                return book;
            },
            cancellation);
        return next;
    }
}
