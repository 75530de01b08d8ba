namespace ReplicatedBook.Node.Api.Http;

/// <summary>What a problem says of the command (API.md 1.5).</summary>
internal static class Outcomes
{
    /// <summary>No effect, now and for ever.</summary>
    public const string NotExecuted = "not_executed";

    /// <summary>In the log, and refused there on every node.</summary>
    public const string Rejected = "rejected";

    /// <summary>It may take effect later, or has done so.</summary>
    public const string Unknown = "unknown";
}
