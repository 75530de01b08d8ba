using ReplicatedBook.Matching;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Ends the process when the replica cannot go on: a node that has failed must not look alive.</summary>
internal sealed partial class FatalFailure(ILogger<FatalFailure> logger, IHostApplicationLifetime lifetime)
{
    /// <summary>Says why and ends the process, as a rule at once and without answering anything any more.</summary>
    public void End(Exception exception)
    {
        if (exception is UnsupportedFormatException later)
        {
            // Nothing is broken: what was committed needs a later build, or another setting. The replica stands still.
            Console.Error.WriteLine($"This node cannot go on with what the cluster has agreed on: {later.Message}");
            Environment.ExitCode = NodeHost.ExitRefused;
            lifetime.StopApplication();
            return;
        }

        LogFatal(exception);
        Environment.FailFast($"the replica cannot go on: {exception.Message}", exception);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "the replica cannot go on; this node ends")]
    private partial void LogFatal(Exception exception);
}
