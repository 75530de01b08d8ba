using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage.Golden;

/// <summary>Goal: every later program reads what earlier ones wrote (RELIABILITY P18). Method: data directories written
/// by earlier programs, opened by this one; the digest says that the content means the same. <c>v1</c> is from before
/// there were marks of what was synced and of what is whole, <c>v2</c> from when they came, <c>v3</c> has the members
/// in its snapshots.</summary>
public sealed class GoldenDirectoryTests
{
    private const string GoldenDigest = "3782df96222a48d660cf6ca34b07b30d07fed90270b41bf55d12dda51d61936e";

    [Theory]
    [InlineData("v1", Wholeness.Whole)]
    [InlineData("v2", Wholeness.New)]
    [InlineData("v3", Wholeness.New)]
    public void A_directory_of_an_earlier_program_opens_with_all_that_was_written(string version, Wholeness wholeness)
    {
        using var folder = Copy(version);

        using var storage = Open(folder.Path, out var found);

        Assert.Equal((wholeness, (string?)null), (found.Wholeness, found.Damage));
        AssertContent(found);
        var replica = GoldenDirectory.Replay(found);
        Assert.Equal((GoldenDirectory.CommitIndex, 3L), (replica.AppliedIndex, replica.AppliedTerm));
        Assert.Equal(GoldenDigest, replica.Digest.ToString());
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v3")]
    public void A_directory_of_an_earlier_program_can_be_written_on(string version)
    {
        using var folder = Copy(version);
        using (var storage = Open(folder.Path, out _))
        {
            storage.Append(DataDirectory.Entry(31, 4));
        }

        using var again = Open(folder.Path, out var found);
        DataDirectory.AssertEntries(
            [GoldenDirectory.Entries[^1], DataDirectory.Entry(31, 4)], [.. found.Entries.TakeLast(2)]);
    }

    /// <summary>Until the layout changes on purpose: then another version stands beside these.</summary>
    [Fact]
    public void This_program_writes_the_newest_version_byte_for_byte()
    {
        var disk = new CrashDisk();
        GoldenDirectory.Write(disk, DataDirectory.Path);

        var golden = Directory.GetFiles(Folder("v3")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(golden.Select(Path.GetFileName), disk.ListFiles(DataDirectory.Path));
        Assert.All(golden, path => Assert.Equal(
            File.ReadAllBytes(path), disk.Content(DataDirectory.File(Path.GetFileName(path))).ToArray()));
    }

    private static void AssertContent(RecoveredState found)
    {
        Assert.Equal(GoldenDirectory.HardState, found.HardState);
        Assert.Equal(GoldenDirectory.Newest, found.Snapshot);
        Assert.Equal(GoldenDirectory.CommitIndex, found.CommitIndex);
        Assert.Equal(0, found.TornBytes);
        var first = (int)found.Entries[0].Index;
        Assert.InRange(first, 2, GoldenDirectory.Older.Index + 1); // Something was released.
        DataDirectory.AssertEntries([.. GoldenDirectory.Entries.Skip(first - 1)], found.Entries);
    }

    private static ReplicaStorage Open(string path, out RecoveredState found) => ReplicaStorage.Open(
        new DurableDisk(), path, GoldenDirectory.Identity, GoldenDirectory.Options, out found);

    private static string Folder(string version) =>
        Path.Combine(AppContext.BaseDirectory, "Storage", "Golden", version);

    private static TemporaryFolder Copy(string version)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Folder(version)))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        return folder;
    }
}
