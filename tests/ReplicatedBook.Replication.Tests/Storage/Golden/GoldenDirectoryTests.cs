using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage.Golden;

/// <summary>Goal: every later program reads what earlier ones wrote (RELIABILITY P18). Method: data directories written
/// by each version of the layout, opened by this program; the digest says that the content means the same.</summary>
public sealed class GoldenDirectoryTests
{
    private const string DigestOfVersion1 = "3782df96222a48d660cf6ca34b07b30d07fed90270b41bf55d12dda51d61936e";

    [Fact]
    public void A_directory_of_version_1_opens_with_all_that_was_written()
    {
        using var folder = Copy("v1");

        using var storage = Open(folder.Path, out var found);

        AssertContent(found);
        var replica = GoldenDirectory.Replay(found);
        Assert.Equal((GoldenDirectory.CommitIndex, 3L), (replica.AppliedIndex, replica.AppliedTerm));
        Assert.Equal(DigestOfVersion1, replica.Digest.ToString());
    }

    [Fact]
    public void A_directory_of_version_1_can_be_written_on()
    {
        using var folder = Copy("v1");
        using (var storage = Open(folder.Path, out _))
        {
            storage.Append(DataDirectory.Entry(31, 4));
        }

        using var again = Open(folder.Path, out var found);
        DataDirectory.AssertEntries(
            [GoldenDirectory.Entries[^1], DataDirectory.Entry(31, 4)], [.. found.Entries.TakeLast(2)]);
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

    private static TemporaryFolder Copy(string version)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Storage", "Golden", version)))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        return folder;
    }
}
