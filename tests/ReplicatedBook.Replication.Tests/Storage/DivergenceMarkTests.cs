using System.Text;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

public sealed class DivergenceMarkTests
{
    private static readonly StorageIdentity Owner = new("test-cluster", "n1");
    private readonly CrashDisk _disk = new();

    public DivergenceMarkTests() => DataDirectory.Open(_disk).Dispose();

    [Fact]
    public void The_mark_is_laid_out_as_written_down()
    {
        DivergenceMark.Write(_disk, DataDirectory.Path, Owner, "digest at 7");

        var block = _disk.Content(DataDirectory.File("diverged")).ToArray();
        Assert.Equal(512, block.Length);
        Assert.Equal("RBOOKDIV", Encoding.ASCII.GetString(block, 0, 8));
        Assert.Equal("01000000", Convert.ToHexString(block, 8, 4));
        Assert.Equal("0B00" + "64696765737420617420370000", Convert.ToHexString(block, 16, 15));
        Assert.Equal("0C746573742D636C7573746572", Convert.ToHexString(block, 352, 13));
        Assert.Equal("026E31", Convert.ToHexString(block, 417, 3));
    }

    [Fact]
    public void A_mark_comes_back_and_a_long_text_is_cut()
    {
        Assert.Null(DivergenceMark.Read(_disk, DataDirectory.Path, Owner));
        DivergenceMark.Write(_disk, DataDirectory.Path, Owner, new string('x', 2 * DivergenceMark.MaxText));

        Assert.Equal(
            new string('x', DivergenceMark.MaxText), DivergenceMark.Read(_disk, DataDirectory.Path, Owner));
        Assert.Throws<StorageIdentityException>(
            () => DivergenceMark.Read(_disk, DataDirectory.Path, Owner with { NodeId = "n2" }));
    }

    [Fact]
    public void A_directory_without_a_mark_is_left_as_it_is_and_one_with_it_is_emptied_once()
    {
        Assert.Null(DivergenceMark.SetAsideIfMarked(_disk, DataDirectory.Path, Owner));
        DivergenceMark.Write(_disk, DataDirectory.Path, Owner, "why");

        Assert.Equal("why", DivergenceMark.SetAsideIfMarked(_disk, DataDirectory.Path, Owner));
        Assert.Null(DivergenceMark.SetAsideIfMarked(_disk, DataDirectory.Path, Owner));
        using var storage = DataDirectory.Open(_disk);
        Assert.Empty(storage.Snapshots);
    }
}
