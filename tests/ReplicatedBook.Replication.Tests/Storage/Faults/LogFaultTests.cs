using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage.Faults;

/// <summary>Goal: whatever happens to a log's file, no wrong record is ever read and nothing that was synced is cut off
/// in silence (RELIABILITY 5.4). Method: a log of 64 KiB with every bit flipped, cut at every length, and every block
/// swapped, repeated and zeroed; the one right judgement is known for each case from the first byte that is
/// wrong.</summary>
public sealed class LogFaultTests
{
    private const int BlockBytes = 512;
    private static readonly FaultLog Log = new();

    [Fact]
    public void The_log_holds_all_that_it_should_for_these_tests()
    {
        var types = Log.States.Count;
        Assert.InRange(types, 200, 2000);
        Assert.InRange(Log.UsedEnd, FaultLog.SegmentBytes - 5000, FaultLog.SegmentBytes);
        var last = Log.States[^1].State;
        Assert.Equal(FaultLog.HardState.Term, last.Last.Term);
        Assert.InRange(last.CommitIndex, last.Last.Index - 20, last.Last.Index - 1);
        var recovered = DataDirectory.Recover(Log.Disk.Copy(), FaultLog.SegmentBytes);
        Log.Check(FaultLog.SegmentBytes, recovered.Entries, recovered.CommitIndex, isDamage: false, () => "as it is");
    }

    /// <summary>All 524,288 cases are read and judged as opening does it; the second half of opening, which writes, is
    /// for the next test.</summary>
    [Fact]
    [Trait("Scenario", "48 mid_log_corruption_detected_node_refuses_to_vote")]
    public void Every_flipped_bit_is_judged_rightly() => InTwoThreads(8 * FaultLog.SegmentBytes, (disk, content, bit) =>
    {
        content[bit / 8] ^= (byte)(1 << (bit % 8));
        var found = FoundDirectory.Read(disk, DataDirectory.Path, DataDirectory.Identity);
        var state = found.ToRecoveredState(found.UsableLog);
        Log.Check(bit / 8, state.Entries, state.CommitIndex, found.Damage is not null, () => $"bit {bit}");
        content[bit / 8] ^= (byte)(1 << (bit % 8));
    });

    /// <summary>One bit of each byte, and all that opening does: set aside, write the kept log anew, and open
    /// again.</summary>
    [Fact]
    [Trait("Scenario", "48 mid_log_corruption_detected_node_refuses_to_vote")]
    public void A_flipped_bit_in_any_byte_leaves_a_directory_that_opens_and_is_repaired() =>
        InTwoThreads(FaultLog.SegmentBytes, (disk, content, offset) =>
        {
            content[offset] ^= (byte)(1 << (offset % 8));
            OpenTwice(disk, offset, () => $"byte {offset}");
            content[offset] ^= (byte)(1 << (offset % 8));
        });

    [Fact]
    [Trait("Scenario", "47 torn_tail_truncated_valid_prefix_kept")]
    public void A_cut_at_every_length_is_judged_rightly() =>
        InTwoThreads(FaultLog.SegmentBytes, (disk, content, length) =>
        {
            disk.Put(FaultLog.Path, content.AsMemory(0, length));
            OpenTwice(disk, length, () => $"cut at {length}");
        });

    [Fact]
    public void Every_zeroed_and_every_repeated_block_is_judged_rightly()
    {
        const int blocks = FaultLog.SegmentBytes / BlockBytes;
        InTwoThreads(blocks * blocks, (disk, content, number) =>
        {
            var (from, to) = (number / blocks * BlockBytes, number % blocks * BlockBytes);
            if (from == to)
            {
                content.AsSpan(to, BlockBytes).Clear();
            }
            else
            {
                Log.Content.AsSpan(from, BlockBytes).CopyTo(content.AsSpan(to));
            }

            OpenTwice(disk, FirstWrong(content), () => $"block {to} made {from}");
            Log.Content.AsSpan(to, BlockBytes).CopyTo(content.AsSpan(to));
        });
    }

    [Fact]
    public void Every_two_swapped_blocks_are_judged_rightly()
    {
        const int blocks = FaultLog.SegmentBytes / BlockBytes;
        InTwoThreads(blocks * blocks, (disk, content, number) =>
        {
            var (one, other) = (number / blocks * BlockBytes, number % blocks * BlockBytes);
            if (one >= other)
            {
                return;
            }

            Log.Content.AsSpan(one, BlockBytes).CopyTo(content.AsSpan(other));
            Log.Content.AsSpan(other, BlockBytes).CopyTo(content.AsSpan(one));
            OpenTwice(disk, FirstWrong(content), () => $"blocks {one} and {other} swapped");
            Log.Content.AsSpan(one, BlockBytes).CopyTo(content.AsSpan(one));
            Log.Content.AsSpan(other, BlockBytes).CopyTo(content.AsSpan(other));
        });
    }

    /// <summary>A directory of the first layout has no file <c>synced</c>: flipped bits are found all the same, since a
    /// proof follows each group; a cut is not, and gives a prefix of what was written.</summary>
    [Fact]
    public void Without_the_mark_of_what_was_synced_flips_are_still_found_and_cuts_give_a_prefix() =>
        InTwoThreads(FaultLog.SegmentBytes, (disk, content, place) =>
        {
            disk.Remove(DataDirectory.File(FileNames.Synced));
            content[place] ^= 0x10;
            var flipped = FoundDirectory.Read(disk, DataDirectory.Path, DataDirectory.Identity);
            var state = flipped.ToRecoveredState(flipped.UsableLog);
            Log.Check(place, state.Entries, state.CommitIndex, flipped.Damage is not null, () => $"byte {place}");
            content[place] ^= 0x10;

            disk.Put(FaultLog.Path, content.AsMemory(0, place));
            var cut = FoundDirectory.Read(disk, DataDirectory.Path, DataDirectory.Identity);
            Assert.Equal(place < HeaderBlock.Bytes, cut.Damage is not null);
            var prefix = cut.ToRecoveredState(cut.UsableLog);
            Assert.Equal(Log.StateAt(place).CommitIndex, prefix.CommitIndex);
            Assert.Equal(Log.StateAt(place).Entries.Count, prefix.Entries.Count);
        });

    private static void OpenTwice(MemoryDisk disk, int firstWrong, Func<string> what)
    {
        var isDamage = firstWrong < Log.SyncedEnd;
        for (var opening = 0; opening < 2; opening++)
        {
            var recovered = DataDirectory.Recover(disk, FaultLog.SegmentBytes);
            Assert.Equal(FaultLog.HardState, recovered.HardState);
            Assert.Equal(isDamage ? Wholeness.Repairing : Wholeness.Whole, recovered.Wholeness);
            Assert.Equal(isDamage && opening == 0, recovered.Damage is not null);
            Log.Check(firstWrong, recovered.Entries, recovered.CommitIndex, isDamage, what);
        }
    }

    private static int FirstWrong(byte[] content)
    {
        var same = content.AsSpan().CommonPrefixLength(Log.Content);
        return same == content.Length ? FaultLog.SegmentBytes : same;
    }

    /// <summary>Runs all cases, each on a fresh copy of the directory whose log the case may change for its
    /// time.</summary>
    private static void InTwoThreads(int cases, Action<MemoryDisk, byte[], int> run) =>
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, half =>
        {
            var content = Log.Content.ToArray();
            for (var number = half; number < cases; number += 2)
            {
                var disk = Log.Disk.Copy();
                disk.Put(FaultLog.Path, content);
                run(disk, content, number);
            }
        });
}
