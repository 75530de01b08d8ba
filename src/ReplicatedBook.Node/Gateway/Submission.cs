using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What became of a command, as the node that took the request knows it.</summary>
/// <param name="Ending">Which of the five it is.</param>
/// <param name="Proposal">Set when applied or appended.</param>
/// <param name="First">Where the only execution stands, when the answer is a replay and its record is still
/// kept.</param>
/// <param name="WasForwarded">Whether the leader was another node.</param>
internal readonly record struct Submission(
    SubmissionEnding Ending, Proposal? Proposal, EntryRecord? First, bool WasForwarded)
{
    public static Submission NotDone(SubmissionEnding ending) => new(ending, null, null, false);
}
