namespace ReplicatedBook.Consensus.Log;

/// <summary>What kind of content a log entry has.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum EntryKind : byte
{
    /// <summary>A new leader's first entry, without content (Raft paper, section 8).</summary>
    NoOp = 0,

    /// <summary>A command for the state machine; its bytes mean nothing to consensus.</summary>
    Command = 1,

    /// <summary>The membership from this entry on (<see cref="Membership"/>).</summary>
    Configuration = 2,
}
