namespace ReplicatedBook.Node.Hosting;

/// <summary>Writes into the node's log what an operator should know of its disk and what ends nothing.</summary>
internal sealed partial class StorageNotes(ILogger<StorageNotes> logger)
{
    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "storage: {Text}")]
    public partial void Note(string text);
}
