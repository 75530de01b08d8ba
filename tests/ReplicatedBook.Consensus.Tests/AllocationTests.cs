using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Goal: consensus costs little per command. Method: count bytes, which do not vary as times do.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void Leader_allocates_for_a_batch_one_copy_of_its_entries_and_one_message_per_follower()
    {
        var node = Make.SettledLeader().Raft;
        var effects = new RaftEffects();
        var payloads = Enumerable.Repeat(new ReadOnlyMemory<byte>(new byte[100]), 100).ToArray();
        var proposal = new RaftInput.Proposal(payloads);
        var allocated = 0L;
        for (var round = 0; round < 300; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            node.Step(proposal, effects);
            allocated += round < 200 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before; // Warm by then.

            var last = node.Log.LastIndex;
            node.Step(new RaftInput.Persisted(last, 1), effects);
            node.Step(new RaftInput.Received(Make.Ack(2, 1, last)), effects);
            node.Step(new RaftInput.Received(Make.Ack(3, 1, last)), effects);
            node.Step(new RaftInput.SnapshotTaken(new SnapshotMark(last, 1), last + 1), effects);
        }

        var perBatch = allocated / 100;
        Assert.InRange(perBatch, 100 * 32, (100 * 48) + 600);
    }
}
