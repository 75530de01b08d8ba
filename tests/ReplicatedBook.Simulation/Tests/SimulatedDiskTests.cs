using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Disk;
using ReplicatedBook.Simulation.Engine;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>The disk must be as forgetful as a real one, or all that is tested on it proves little.</summary>
public sealed class SimulatedDiskTests
{
    private const int Sector = SimulatedContent.SectorBytes;
    private readonly SimulatedDisk _disk = new();

    public SimulatedDiskTests() => _disk.CreateDirectory("/data");

    [Fact]
    public void What_was_synced_survives_power_loss()
    {
        using (var file = _disk.Open("/data/a", create: true))
        {
            file.Write(3, [1, 2]);
            file.Sync();
            _disk.SyncDirectory("/data");
            file.Write(0, [9, 9, 9, 9, 9, 9, 9]);
        }

        LosePower(keptPerMille: 0);

        Assert.Equal([0, 0, 0, 1, 2], ReadAll("/data/a"));
    }

    [Fact]
    public void A_file_whose_name_was_not_synced_is_gone_after_power_loss()
    {
        using (var file = _disk.Open("/data/a", create: true))
        {
            file.Write(0, [1]);
            file.Sync();
        }

        LosePower(keptPerMille: 0);

        Assert.Empty(_disk.ListFiles("/data"));
    }

    [Fact]
    public void A_rename_that_was_not_synced_is_undone_by_power_loss()
    {
        _disk.Open("/data/old", create: true).Dispose();
        _disk.SyncDirectory("/data");
        _disk.Rename("/data/old", "/data/new");
        Assert.Equal(["new"], _disk.ListFiles("/data"));

        LosePower(keptPerMille: 0);

        Assert.Equal(["old"], _disk.ListFiles("/data"));
    }

    [Fact]
    public void The_end_of_a_process_loses_nothing_but_its_open_files_and_its_lock()
    {
        var file = _disk.Open("/data/a", create: true);
        file.Write(0, [1]);
        _disk.Lock("/data");
        Assert.Throws<DirectoryInUseException>(() => _disk.Lock("/data"));

        _disk.EndProcess();

        Assert.Throws<ObjectDisposedException>(() => file.Length);
        _disk.Lock("/data").Dispose();
        Assert.Equal([1], ReadAll("/data/a"));
    }

    /// <summary>Each sector is as it was, or as one of the writes left it, whatever became of the others.</summary>
    [Fact]
    public void Unsynced_sectors_survive_power_loss_each_for_itself()
    {
        var seen = new HashSet<(byte, byte)>();
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var disk = new SimulatedDisk();
            disk.CreateDirectory("/data");
            using (var file = disk.Open("/data/a", create: true))
            {
                file.Write(0, new byte[2 * Sector]);
                file.Sync();
                disk.SyncDirectory("/data");
                file.Write(0, [.. Enumerable.Repeat((byte)1, 2 * Sector)]);
                file.Write(Sector, [.. Enumerable.Repeat((byte)2, Sector)]);
            }

            disk.LosePower(new RandomStream(seed, "test"), keptPerMille: 500);

            var content = ReadAll(disk, "/data/a");
            Assert.Single(content[..Sector].Distinct());
            Assert.Single(content[Sector..].Distinct());
            seen.Add((content[0], content[Sector]));
        }

        Assert.Equal(6, seen.Count); // (0, 1) x (0, 1, 2)
    }

    [Fact]
    public void An_armed_fault_strikes_at_its_operation_and_only_once()
    {
        using var file = _disk.Open("/data/a", create: true);
        _disk.Arm(1, () => new DiskErrorException());
        file.Write(0, [1]);

        Assert.Throws<DiskErrorException>(file.Sync);

        file.Sync();
    }

    [Fact]
    public void A_durable_copy_holds_what_was_synced_and_is_a_disk_of_its_own()
    {
        using var file = _disk.Open("/data/a", create: true);
        file.Write(0, [1]);
        file.Sync();
        _disk.SyncDirectory("/data");
        file.Write(0, [2]);

        var copy = _disk.DurableCopy();
        file.Sync();

        Assert.Equal([1], ReadAll(copy, "/data/a"));
        Assert.Equal([2], ReadAll("/data/a"));
    }

    private void LosePower(int keptPerMille) => _disk.LosePower(new RandomStream(1, "test"), keptPerMille);

    private byte[] ReadAll(string path) => ReadAll(_disk, path);

    private static byte[] ReadAll(SimulatedDisk disk, string path)
    {
        using var file = disk.Open(path, create: false);
        var bytes = new byte[file.Length];
        Assert.Equal(bytes.Length, file.Read(0, bytes));
        return bytes;
    }
}
