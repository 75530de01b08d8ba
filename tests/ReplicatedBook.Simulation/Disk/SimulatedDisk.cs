using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Disk;

/// <summary>One machine's disk in memory, with the crash semantics of a real one.</summary>
/// <remarks>The end of the process loses nothing that was written; power loss loses what was not synced: content by
/// 512-byte sectors in any order, names from the last change backwards. A fault can be armed to strike at the n-th
/// operation
/// that changes something.</remarks>
internal sealed class SimulatedDisk : IDisk
{
    private SimulatedDirectory _root = new();
    private string? _locked;
    private int _operationsUntilFault;
    private Func<Exception>? _fault;
    private int _boundariesUntilCrash = -1;

    /// <summary>Counts the processes that used this disk; files opened by an earlier one are closed.</summary>
    public int Process { get; private set; }

    /// <summary>Whether there is no room: nothing new is made, and nothing grows.</summary>
    public bool IsFull { get; set; }

    /// <summary>A defect for tests of the simulation: syncs do nothing.</summary>
    public bool LiesAboutSync { get; set; }

    /// <summary>Whether the next operation fails.</summary>
    public bool IsFaultDue => (_fault is not null && _operationsUntilFault == 0) || _boundariesUntilCrash == 0;

    /// <summary>Whether something would be lost with the power.</summary>
    public bool HasUnsynced => _root.HasUnsynced;

    /// <summary>Makes the operation after <paramref name="operations"/> others fail.</summary>
    public void Arm(int operations, Func<Exception> fault) => (_operationsUntilFault, _fault) = (operations, fault);

    /// <summary>Ends the process after so many boundaries: operations here, and whatever else passes one.</summary>
    public void ArmCrash(int boundaries) => _boundariesUntilCrash = boundaries;

    /// <summary>A point at which a process may end.</summary>
    /// <exception cref="PowerLossException">It ends here.</exception>
    public void PassBoundary()
    {
        if (_boundariesUntilCrash >= 0 && _boundariesUntilCrash-- == 0)
        {
            throw new PowerLossException();
        }
    }

    /// <summary>Changes a file behind everybody's back; nothing may be open.</summary>
    /// <returns>Whether one sector at most was changed; else the file's end is missing, or all of it.</returns>
    public bool Damage(string path, RandomStream chance)
    {
        var (directory, name) = Locate(path);
        directory.Sync();
        var content = (SimulatedContent)directory.Names[name];
        content.Sync();
        if (chance.Chance(100))
        {
            directory.Remove(name);
            directory.Sync();
            return false;
        }

        return content.Damage(chance);
    }

    /// <summary>Takes an armed fault back.</summary>
    /// <returns>Whether it had not struck yet.</returns>
    public bool Disarm()
    {
        var wasArmed = _fault is not null;
        _fault = null;
        return wasArmed;
    }

    /// <summary>The process that used the disk has ended: files are closed and the lock is free, nothing is
    /// lost.</summary>
    public void EndProcess()
    {
        Process++;
        _locked = null;
        _fault = null;
        _boundariesUntilCrash = -1;
    }

    /// <summary>The machine has lost its power.</summary>
    /// <param name="chance">Decides what had reached the disk.</param>
    /// <param name="keptPerMille">How likely an unsynced sector or name had.</param>
    public void LosePower(RandomStream chance, int keptPerMille)
    {
        EndProcess();
        _root.LosePower(chance, keptPerMille);
    }

    /// <summary>A disk with what is surely durable now.</summary>
    public SimulatedDisk DurableCopy() => new() { _root = _root.DurableCopy() };

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        var directory = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!directory.Names.TryGetValue(name, out var target))
            {
                Operate();
                target = new SimulatedDirectory();
                directory.Add(name, target);
            }

            if (directory.HasUnsyncedNames)
            {
                Operate();
                directory.Sync();
            }

            directory = target as SimulatedDirectory ?? throw new IOException($"{name} in {path} is a file");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string directory) =>
        [.. Directory(directory).Names.Where(name => name.Value is SimulatedContent).Select(name => name.Key)];

    /// <inheritdoc/>
    public IReadOnlyList<string> ListDirectories(string directory) =>
        [.. Directory(directory).Names.Where(name => name.Value is SimulatedDirectory).Select(name => name.Key)];

    /// <inheritdoc/>
    public IDiskFile Open(string path, bool create)
    {
        var (directory, name) = Locate(path);
        var content = directory.Names.TryGetValue(name, out var target) ? target as SimulatedContent : null;
        if (create != content is null)
        {
            throw new IOException(create ? $"{path} exists" : $"{path} does not exist");
        }

        if (content is null)
        {
            RequireRoom();
            Operate();
            content = new SimulatedContent();
            directory.Add(name, content);
        }

        return new SimulatedFile(this, content, Process);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        var (directory, name) = Locate(from);
        var (target, newName) = Locate(to);
        if (!directory.Names.TryGetValue(name, out var moved))
        {
            throw new IOException($"{from} does not exist");
        }

        Operate();
        if (directory == target)
        {
            directory.Rename(name, newName);
            return;
        }

        target.Add(newName, moved);
        directory.Remove(name);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        var (directory, name) = Locate(path);
        if (directory.Names.ContainsKey(name))
        {
            Operate();
            directory.Remove(name);
        }
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        Operate();
        if (!LiesAboutSync)
        {
            Directory(path).Sync();
        }
    }

    /// <inheritdoc/>
    public IDisposable Lock(string directory)
    {
        if (_locked is not null)
        {
            throw new DirectoryInUseException($"{directory} is locked");
        }

        _locked = directory;
        return new Held(this, Process);
    }

    /// <summary>Throws where there is no room.</summary>
    internal void RequireRoom()
    {
        if (IsFull)
        {
            throw new DiskFullException("no space left on the simulated device", errorCode: 28);
        }
    }

    /// <summary>Counts an operation that changes something; throws the armed fault when it is its turn.</summary>
    internal void Operate()
    {
        PassBoundary();
        if (_fault is not null && _operationsUntilFault-- == 0)
        {
            var fault = _fault;
            _fault = null;
            throw fault();
        }
    }

    private SimulatedDirectory Directory(string path)
    {
        var directory = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            directory = directory.Names.TryGetValue(name, out var target) && target is SimulatedDirectory found
                ? found
                : throw new IOException($"{path} does not exist");
        }

        return directory;
    }

    private (SimulatedDirectory Directory, string Name) Locate(string path)
    {
        var slash = path.LastIndexOf('/');
        return (Directory(slash < 0 ? "" : path[..slash]), path[(slash + 1)..]);
    }

    private sealed class Held(SimulatedDisk disk, int process) : IDisposable
    {
        public void Dispose()
        {
            if (disk.Process == process)
            {
                disk._locked = null;
            }
        }
    }
}
