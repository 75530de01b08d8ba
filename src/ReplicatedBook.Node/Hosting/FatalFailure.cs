namespace ReplicatedBook.Node.Hosting;

/// <summary>Ends the process when the replica cannot go on: a node that has failed must not look alive.</summary>
internal sealed partial class FatalFailure(ILogger<FatalFailure> logger)
{
    /// <summary>Says why and ends the process at once, without answering anything any more.</summary>
    public void End(Exception exception)
    {
        LogFatal(exception);
        Environment.FailFast($"the replica cannot go on: {exception.Message}", exception);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "the replica cannot go on; this node ends")]
    private partial void LogFatal(Exception exception);
}
