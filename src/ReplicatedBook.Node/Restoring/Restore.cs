using System.Text;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Restoring;

/// <summary>Makes the data directories of a cluster from a backup, all or none.</summary>
/// <remarks>They are made whole in a directory aside (<c>.restore</c>), then a plan is written there that says so, then
/// each is moved to its place by one rename. Without a plan an interrupted restore had put nothing in place: it is
/// cleared away and done anew. With a plan it is carried on from where it was.</remarks>
internal sealed class Restore
{
    private const string AsideName = ".restore";
    private const string PlanName = "plan";

    private readonly IDisk _disk;
    private readonly BackupFile _backup;
    private readonly string _data;
    private readonly string _cluster;
    private readonly IReadOnlyList<string> _nodes;
    private readonly string _aside;
    private readonly string _plan;

    public Restore(IDisk disk, BackupFile backup, RestoreArguments arguments)
    {
        _disk = disk;
        _backup = backup;
        _data = Path.GetFullPath(arguments.Data);
        _cluster = arguments.ClusterId ?? backup.Source.ClusterId;
        _nodes = arguments.Nodes;
        _aside = Path.Combine(_data, AsideName);
        _plan = Path.Combine(_aside, PlanName);
    }

    /// <summary>Name of the cluster whose directories are made.</summary>
    public string ClusterId => _cluster;

    /// <summary>Where a node's directory is.</summary>
    public string PlaceOf(string node) => Path.Combine(_data, node);

    /// <summary>Does it.</summary>
    /// <returns>Whether an interrupted restore was carried on.</returns>
    /// <exception cref="RestoreRefusedException">A directory is in use, or another restore was interrupted
    /// here.</exception>
    /// <exception cref="IOException">The disk failed; the same call carries on.</exception>
    public bool Run()
    {
        var isCarriedOn = File.Exists(_plan);
        if (isCarriedOn && File.ReadAllText(_plan) != PlanText())
        {
            throw new RestoreRefusedException(
                $"a restore of another backup, or for other nodes, was interrupted in {_data}: "
                + $"carry that one on, or delete {_aside} and the directories it made");
        }

        RefuseUsedPlaces(isCarriedOn);
        if (!isCarriedOn)
        {
            MakeAside();
        }

        foreach (var node in _nodes)
        {
            PutInPlace(node);
        }

        Directory.Delete(_aside, recursive: true);
        _disk.SyncDirectory(_data);
        return isCarriedOn;
    }

    /// <summary>Writes all directories aside, then the plan: from then on the restore can only go forward.</summary>
    private void MakeAside()
    {
        if (Directory.Exists(_aside))
        {
            Directory.Delete(_aside, recursive: true);
        }

        _disk.CreateDirectory(_aside);
        foreach (var node in _nodes)
        {
            _backup.WriteTo(
                _disk, Path.Combine(_aside, node), new StorageIdentity(_cluster, node), new StorageOptions());
        }

        var unfinished = _plan + ".tmp";
        using (var file = _disk.Open(unfinished, create: true))
        {
            file.Write(0, Encoding.UTF8.GetBytes(PlanText()));
            file.Sync();
        }

        _disk.Rename(unfinished, _plan);
        _disk.SyncDirectory(_aside);
    }

    private void RefuseUsedPlaces(bool isCarriedOn)
    {
        foreach (var node in _nodes)
        {
            var isMoved = isCarriedOn && !Directory.Exists(Path.Combine(_aside, node));
            if (!isMoved && Path.Exists(PlaceOf(node))
                && (File.Exists(PlaceOf(node)) || Directory.EnumerateFileSystemEntries(PlaceOf(node)).Any()))
            {
                throw new RestoreRefusedException($"{PlaceOf(node)} is not empty; a restore overwrites nothing");
            }
        }
    }

    private void PutInPlace(string node)
    {
        var made = Path.Combine(_aside, node);
        if (Directory.Exists(made))
        {
            _disk.Rename(made, PlaceOf(node)); // Also over a directory, as long as it is empty.
            _disk.SyncDirectory(_data);
            _disk.SyncDirectory(_aside);
        }
    }

    private string PlanText() =>
        $"restore 1\nbackup {_backup.FileHash}\ncluster {_cluster}\n"
        + string.Concat(_nodes.Order(StringComparer.Ordinal).Select(node => $"node {node}\n"));
}
