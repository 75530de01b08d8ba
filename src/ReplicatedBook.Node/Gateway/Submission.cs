using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What became of a command, as the node that took the request knows it.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Proposal">Set when applied or appended.</param>
/// <param name="First">Where the only execution stands, when the answer is a replay and its record is still
/// kept.</param>
/// <param name="WasForwarded">Whether another node carried it out, or was asked to.</param>
internal readonly record struct Submission(
    SubmissionEnding Ending, Proposal? Proposal, EntryRecord? First, bool WasForwarded);
