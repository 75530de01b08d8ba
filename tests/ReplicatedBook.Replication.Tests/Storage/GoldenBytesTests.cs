using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Goal: version 1 of the layouts never changes. Method: bytes written down here; a program in another
/// language, with a checksum computed bit by bit, made them from the same layout.</summary>
public sealed class GoldenBytesTests
{
    private const string IdentityHex = "0C746573742D636C7573746572"; // 12, "test-cluster"

    [Fact]
    public void Checksum_is_crc_32c() =>
        Assert.Equal(0xE3069283u, Checksum.Of("123456789"u8));

    [Fact]
    public void A_record_is_laid_out_as_written_down()
    {
        var bytes = new byte[WalRecord.SizeOf(3)];

        WalRecord.Encode(bytes, RecordType.Entry, EntryKind.Command, 7, 2, "abc"u8, previous: 0x11223344);

        Assert.Equal(
            "03000000" + "309DF3C2" + "44332211" + "01" + "01" + "0000" + "0700000000000000" + "0200000000000000"
            + "6162630000000000",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_new_directory_has_these_files_and_headers()
    {
        var disk = new CrashDisk();
        DataDirectory.Open(disk).Dispose();

        Assert.Equal(
            [
                DataDirectory.File("hardstate"), DataDirectory.File("synced"),
                DataDirectory.File("wal-00000000000000000001.log"), DataDirectory.File("wholeness"),
            ],
            disk.Names);
        var segment = disk.Content(DataDirectory.Segment(1)).ToArray();
        Assert.Equal("RBOOKWAL", Encoding.ASCII.GetString(segment, 0, 8));
        Assert.Equal("01000000" + "E3134918" + "0100000000000000" + "00000000", Convert.ToHexString(segment, 8, 20));
        Assert.Equal(IdentityHex, Convert.ToHexString(segment, 352, 13));
        Assert.Equal("026E31", Convert.ToHexString(segment, 417, 3));

        var mark = disk.Content(DataDirectory.File("wholeness")).ToArray();
        Assert.Equal("RBOOKWHO", Encoding.ASCII.GetString(mark, 0, 8));
        Assert.Equal("01000000" + "DD2B8E6D" + "0100", Convert.ToHexString(mark, 8, 10));
        Assert.Equal(IdentityHex, Convert.ToHexString(mark, 352, 13));
        var synced = disk.Content(DataDirectory.File("synced")).ToArray();
        Assert.Equal("RBOOKSYN", Encoding.ASCII.GetString(synced, 0, 8));
        Assert.Equal(
            "01000000" + "D3E0EC62" + "0100000000000000" + "E313491801000000" + "0002000000000000",
            Convert.ToHexString(synced, 8, 32));
        Assert.Equal((512, 512), (mark.Length, synced.Length));

        var hardState = disk.Content(DataDirectory.File("hardstate")).ToArray();
        Assert.Equal(4096 + 512, hardState.Length);
        Assert.Equal("RBOOKHST", Encoding.ASCII.GetString(hardState, 0, 8));
        Assert.Equal(hardState[..512], hardState[4096..]);
    }

    [Fact]
    public void A_vote_is_laid_out_as_written_down()
    {
        var disk = new CrashDisk();
        using var storage = DataDirectory.Open(disk);
        storage.Vote(258, "n2");

        var slot = disk.Content(DataDirectory.File("hardstate"))[..512].ToArray();
        Assert.Equal(
            "01000000" + "760181AB" + "0200000000000000" + "0201000000000000" + "026E3200",
            Convert.ToHexString(slot, 8, 28));
    }

    [Fact]
    public void A_group_of_records_is_laid_out_as_written_down()
    {
        var disk = new CrashDisk();
        using var storage = DataDirectory.Open(disk);
        storage.Vote(2);
        storage.Append(commitIndex: 1, DataDirectory.Entry(1, 1, "abc"), DataDirectory.Entry(2, 2, "d"));

        var records = disk.Content(DataDirectory.Segment(1)).Slice(512, 144).ToArray();
        Assert.Equal(
            "03000000CDD5B5C0E31349180101000001000000000000000100000000000000"
            + "6162630000000000"
            + "01000000D5380FFDCDD5B5C00101000002000000000000000200000000000000"
            + "6400000000000000"
            + "000000004D2813B8D5380FFD0400000001000000000000000000000000000000"
            + "00000000175506194D2813B8050000007002000000000000E313491801000000",
            Convert.ToHexString(records));
    }

    [Fact]
    public void A_snapshot_is_laid_out_as_written_down()
    {
        var disk = new CrashDisk();
        using var storage = DataDirectory.Open(disk);
        storage.SaveSnapshot(new SnapshotMark(9, 3), "abc"u8.ToArray());

        var file = disk.Content(DataDirectory.File("snapshot-00000000000000000009-3.snap")).ToArray();
        Assert.Equal("RBOOKSNP", Encoding.ASCII.GetString(file, 0, 8));
        Assert.Equal(
            "01000000" + "957B20A2" + "0900000000000000" + "0300000000000000" + "0300000000000000"
            + "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", // SHA-256 of "abc", FIPS 180-2.
            Convert.ToHexString(file, 8, 64));
        Assert.Equal(IdentityHex, Convert.ToHexString(file, 352, 13));
        Assert.Equal("616263" + "38B8B1C7", Convert.ToHexString(file, 512, file.Length - 512));
    }
}
