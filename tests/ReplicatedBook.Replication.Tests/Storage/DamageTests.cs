using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Goal: no damaged byte is ever used. Method: flip every bit and zero every sector of a stopped node's
/// files; either opening says that they are damaged, or all is there as it was written.</summary>
public sealed class DamageTests
{
    private const int SegmentBytes = 8 << 10;

    private static readonly LogEntry[] Written =
        [.. DataDirectory.Entries(1, 60), .. DataDirectory.Entries(61, 80, term: 2)];

    private static readonly HardState State = new(2, new NodeId("n2"));

    [Fact]
    public void Every_flipped_bit_of_a_log_is_detected_or_harmless()
    {
        var detected = FlipEveryBit(DataDirectory.Segment(1));

        Assert.InRange(detected, 40_000, 8 * SegmentBytes); // Free space at the end is harmless.
    }

    [Fact]
    public void Every_flipped_bit_of_a_vote_file_is_repaired_from_its_other_copy() =>
        Assert.Equal(0, FlipEveryBit(DataDirectory.File("hardstate")));

    [Fact]
    public void Every_flipped_bit_of_the_newest_snapshot_falls_back_to_the_older_one() =>
        Assert.Equal(0, FlipEveryBit(DataDirectory.Snapshot(70, 2)));

    /// <summary>Without the file <c>synced</c>, as an earlier program left it, only the last group may be lost this
    /// way, when its records and its proof share the sector: then the file is the same as after a crash in which that
    /// sector was never written.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_zeroed_or_swapped_sector_is_detected_or_harmless(bool knowsWhatWasSynced)
    {
        var whole = Directory();
        if (!knowsWhatWasSynced)
        {
            whole.Remove(DataDirectory.File("synced"));
        }

        var lastSector = whole.Content(DataDirectory.Segment(1)).LastIndexOfAnyExcept((byte)0) / 512 * 512;
        foreach (var name in whole.Names)
        {
            var content = whole.Content(name).ToArray();
            for (var sector = 0; sector + 512 <= content.Length; sector += 512)
            {
                var zeroed = content.ToArray();
                zeroed.AsSpan(sector, 512).Clear();
                var isLast = name == DataDirectory.Segment(1) && sector == lastSector;
                IsDetected(whole, name, zeroed, Written.Length - (isLast && !knowsWhatWasSynced ? 4 : 0));

                var swapped = content.ToArray();
                var other = (sector + 1024) % (content.Length / 512 * 512);
                content.AsSpan(sector, 512).CopyTo(swapped.AsSpan(other));
                content.AsSpan(other, 512).CopyTo(swapped.AsSpan(sector));
                isLast = name == DataDirectory.Segment(1) && (sector == lastSector || other == lastSector);
                IsDetected(whole, name, swapped, Written.Length - (isLast && !knowsWhatWasSynced ? 4 : 0));
            }
        }
    }

    [Fact]
    public void Two_damaged_copies_of_the_vote_are_damage()
    {
        var disk = Directory();
        var content = disk.Content(DataDirectory.File("hardstate")).ToArray();
        content[30] ^= 1;
        content[4096 + 30] ^= 1;
        disk.Put(DataDirectory.File("hardstate"), content);

        Assert.Equal(
            DataDirectory.File("hardstate"),
            Assert.Throws<StorageDamagedException>(() => DataDirectory.Recover(disk, SegmentBytes)).File);
    }

    [Fact]
    public void A_vote_file_cut_at_any_byte_gives_the_vote_or_is_damage()
    {
        var whole = Directory();
        var content = whole.Content(DataDirectory.File("hardstate")).ToArray();
        for (var cut = 0; cut < content.Length; cut++)
        {
            Assert.Equal(cut < 512, IsDetected(whole, DataDirectory.File("hardstate"), content[..cut]));
        }
    }

    /// <summary>Goal: garbage is no crash. Method: random bytes in place of each file, from printed seeds.</summary>
    [Fact]
    public void Random_bytes_in_place_of_a_file_are_detected()
    {
        var whole = Directory();
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            foreach (var name in whole.Names)
            {
                var garbage = new byte[random.Next(10_000)];
                random.NextBytes(garbage);
                var mayBeHarmless = name.Contains("snapshot", StringComparison.Ordinal)
                    || name == DataDirectory.File("synced");
                Assert.True(mayBeHarmless != IsDetected(whole, name, garbage), $"seed {seed}, {name}");
            }
        }
    }

    private static int FlipEveryBit(string path)
    {
        var whole = Directory();
        var content = whole.Content(path).ToArray();
        var detected = 0;
        for (var bit = 0; bit < 8 * content.Length; bit++)
        {
            content[bit / 8] ^= (byte)(1 << (bit % 8));
            detected += IsDetected(whole, path, content) ? 1 : 0;
            content[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return detected;
    }

    private static bool IsDetected(CrashDisk whole, string path, byte[] content, int? least = null)
    {
        var disk = whole.Copy();
        disk.Put(path, content);
        RecoveredState recovered;
        try
        {
            recovered = DataDirectory.Recover(disk, SegmentBytes);
        }
        catch (StorageDamagedException)
        {
            return true;
        }

        var isDetected = recovered.Wholeness == Wholeness.Repairing;
        Assert.Equal(isDetected, recovered.Damage is not null || path == DataDirectory.File("wholeness"));
        Assert.InRange(recovered.Entries.Count, isDetected ? 0 : least ?? Written.Length, Written.Length);
        AssertRight(recovered);
        return isDetected;
    }

    private static void AssertRight(RecoveredState recovered)
    {
        Assert.Equal(State, recovered.HardState);
        for (var i = 0; i < recovered.Entries.Count; i++)
        {
            Assert.True(Written[i].Index == recovered.Entries[i].Index && Written[i].Term == recovered.Entries[i].Term
                && Written[i].Kind == recovered.Entries[i].Kind
                && Written[i].Payload.Span.SequenceEqual(recovered.Entries[i].Payload.Span));
        }

        Assert.Contains(recovered.Snapshot, new[] { new SnapshotMark(40, 1), new SnapshotMark(70, 2) });
        Assert.Equal(SnapshotContent(recovered.Snapshot.Index), recovered.SnapshotContent!.Value.ToArray());
    }

    private static byte[] SnapshotContent(long index) => [.. Enumerable.Range(0, 700).Select(i => (byte)(i * index))];

    private static CrashDisk Directory()
    {
        var disk = new CrashDisk();
        using var storage = DataDirectory.Open(disk, SegmentBytes);
        storage.MarkWhole();
        storage.Vote(State.Term, State.VotedFor!.Value.Value);
        for (var i = 0; i < Written.Length; i += 4)
        {
            storage.Append(commitIndex: i, Written[i..(i + 4)]);
        }

        storage.SaveSnapshot(new SnapshotMark(40, 1), SnapshotContent(40));
        storage.SaveSnapshot(new SnapshotMark(70, 2), SnapshotContent(70));
        return disk;
    }
}
