using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Restoring;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Tests.Restoring;

/// <summary>Goal: a restore makes all directories or none that a node would take, whatever ends it, and overwrites
/// nothing.</summary>
public sealed class RestoreTests(NodeFixture node) : IClassFixture<NodeFixture>, IDisposable
{
    private static readonly string[] Names = ["n1", "n2", "n3"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rb-restore-").FullName;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Every_node_begins_with_the_state_of_the_backup_at_its_index_and_term()
    {
        var (file, taken) = await SaveAsync();

        var (code, output, error) = Run([file, "--data", Data, .. Nodes(Names), "--cluster", "second"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(taken.TextAt("state_hash")!, output, StringComparison.Ordinal);
        foreach (var name in Names)
        {
            using var storage = ReplicaStorage.Open(
                new DurableDisk(), Path.Combine(Data, name), new StorageIdentity("second", name), new StorageOptions(),
                out var found);
            Assert.Equal(taken.At("index").GetInt64(), found.Snapshot.Index);
            Assert.Equal(
                (taken.At("index").GetInt64(), taken.At("term").GetInt64()),
                (found.CommitIndex, found.HardState.Term));
            Assert.Empty(found.Entries);
            Assert.Equal(Wholeness.Whole, found.Wholeness); // Else nobody would vote.
        }

        Assert.Equal(Names, Directory.GetFileSystemEntries(Data).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_or_a_cut_is_refused_and_nothing_is_made()
    {
        var (file, _) = await SaveAsync();
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (var position = 0; position < whole.Length; position += whole.Length > 4_000 ? 7 : 1)
        {
            var damaged = (byte[])whole.Clone();
            damaged[position] ^= (byte)(1 << (position % 8));
            Refuse(damaged, $"bit flipped at {position}");
        }

        for (var length = 0; length < whole.Length; length += 97)
        {
            Refuse(whole[..length], $"cut at {length}");
        }

        void Refuse(byte[] bytes, string what)
        {
            var path = Path.Combine(_folder, "damaged");
            File.WriteAllBytes(path, bytes);
            var (code, _, error) = Run([path, "--data", Data, "--node", "n1"]);
            Assert.True(code is 5 or 1, $"{what}: ended with {code}: {error}");
            Assert.False(Directory.Exists(Data), what);
        }
    }

    [Fact]
    public async Task A_directory_that_is_not_empty_is_refused_and_the_others_are_not_made()
    {
        var (file, _) = await SaveAsync();
        Directory.CreateDirectory(Path.Combine(Data, "n1"));
        Directory.CreateDirectory(Path.Combine(Data, "n2"));
        var precious = Path.Combine(Data, "n2", "precious");
        await File.WriteAllTextAsync(precious, "kept", TestContext.Current.CancellationToken);

        var (code, _, error) = Run([file, "--data", Data, .. Nodes(Names)]);

        Assert.Equal(1, code);
        Assert.Contains(Path.Combine(Data, "n2"), error, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(precious, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Data, "n1")));
        Assert.False(Directory.Exists(Path.Combine(Data, "n3")));
    }

    /// <summary>Method: the disk fails at every change in turn; then the same restore is run again.</summary>
    [Fact]
    public async Task Interrupted_at_any_change_it_is_carried_on_by_the_same_command()
    {
        var (file, _) = await SaveAsync();
        var backup = BackupFile.Read(new DurableDisk(), file);
        var arguments = RestoreArguments.Read([file, "--data", Data, .. Nodes(Names)])!;
        var (carriedOn, begunAnew) = (0, 0);
        for (var failAt = 1; ; failAt++)
        {
            var disk = new FailingDisk(new DurableDisk(), failAt);
            try
            {
                new Restore(disk, backup, arguments).Run();
                break;
            }
            catch (IOException)
            {
                Assert.True(disk.HasFailed);
            }

            var inPlace = Names.Where(name => Directory.Exists(Path.Combine(Data, name))).ToList();
            var isFinished = inPlace.Count == Names.Length && !Directory.Exists(Path.Combine(Data, ".restore"));
            if (!isFinished)
            {
                Assert.True(inPlace.Count == 0 || File.Exists(Path.Combine(Data, ".restore", "plan")));
                _ = new Restore(new DurableDisk(), backup, arguments).Run() ? carriedOn++ : begunAnew++;
            }

            Assert.Equal(Names, Directory.GetFileSystemEntries(Data).Select(Path.GetFileName).Order());
            foreach (var name in Names)
            {
                using var storage = ReplicaStorage.Open(
                    new DurableDisk(), Path.Combine(Data, name), new StorageIdentity("test", name),
                    new StorageOptions(), out var found);
                Assert.Equal(backup.Mark, found.Snapshot);
            }

            Directory.Delete(Data, recursive: true);
        }

        Assert.True(carriedOn > 2 && begunAnew > 2, $"{carriedOn} carried on, {begunAnew} begun anew");
    }

    [Fact]
    public async Task An_interrupted_restore_of_other_nodes_is_not_carried_on()
    {
        var (file, _) = await SaveAsync();
        Directory.CreateDirectory(Path.Combine(Data, ".restore"));
        await File.WriteAllTextAsync(
            Path.Combine(Data, ".restore", "plan"), "of another", TestContext.Current.CancellationToken);

        var (code, _, error) = Run([file, "--data", Data, "--node", "n1"]);

        Assert.Equal((1, true), (code, error.Contains("interrupted", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(Path.Combine(Data, "n1")));
    }

    [Theory]
    [InlineData()]
    [InlineData("file")]
    [InlineData("file", "--data", "d")]
    [InlineData("file", "--data", "d", "--node")]
    [InlineData("file", "--data", "d", "--node", "n1", "--node", "n1")]
    [InlineData("file", "--data", "d", "--node", "../n1")]
    [InlineData("file", "--data", "d", "--node", "..")]
    [InlineData("file", "--data", "d", "--node", "n1", "--cluster", "a b")]
    [InlineData("file", "more", "--data", "d", "--node", "n1")]
    [InlineData("no-such-file", "--data", "d", "--node", "n1")]
    public void Misuse_is_told(params string[] arguments) => Assert.Equal(2, Run(arguments).Code);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(string File, Answer Taken)> SaveAsync()
    {
        await node.NewAccountAsync();
        var taken = (await node.Client.PostAsync("/v1/cluster/snapshots", "")).Expect(201);
        var content = await node.Client.GetAsync($"/v1/cluster/snapshots/{taken.TextAt("snapshot_id")}/content");
        var file = Path.Combine(_folder, "backup");
        await File.WriteAllBytesAsync(file, content.Expect(200).Bytes, TestContext.Current.CancellationToken);
        return (file, taken);
    }

    private static IEnumerable<string> Nodes(IEnumerable<string> names) =>
        names.SelectMany(name => (string[])["--node", name]);

    private static (int Code, string Output, string Error) Run(IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = RestoreCommand.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
