namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>What a line asks for (API.md 5).</summary>
internal enum LineVerb
{
    Auth,
    New,
    Modify,
    Cancel,
    CancelAll,
    Order,
    Snapshot,
    Credit,
    Balance,
    Feed,
    Status,
    CancelOnDisconnect,
    Ping,
    Quit,
}
