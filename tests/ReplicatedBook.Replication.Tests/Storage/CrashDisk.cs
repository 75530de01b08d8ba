using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>A disk in memory that loses, tears and reorders what was not synced, and fails when told to.</summary>
internal sealed class CrashDisk : IDisk
{
    private readonly Dictionary<string, CrashInode> _names = [];
    private readonly Dictionary<string, CrashInode> _durableNames = [];
    private readonly List<(string? Removed, string? Added, CrashInode? Inode)> _pending = [];
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _locks = [];
    private int _generation;

    /// <summary>Counts everything that changes the disk or its durability.</summary>
    public int Operations { get; private set; }

    /// <summary>Syncs of files, by name.</summary>
    public List<string> Syncs { get; } = [];

    /// <summary>Called before each operation with its kind and file; throws to make it fail.</summary>
    public Action<string, string>? BeforeOperation { get; set; }

    /// <summary>Source of what a failed sync loses.</summary>
    public Random Chance { get; set; } = new(1);

    public IEnumerable<string> Names => _names.Keys.Order(StringComparer.Ordinal);

    public ReadOnlySpan<byte> Content(string path) => _names[path].Cache;

    /// <summary>Puts a durable file in place.</summary>
    public void Put(string path, ReadOnlySpan<byte> content) =>
        _names[path] = _durableNames[path] = new CrashInode(content) { Path = path };

    public void Remove(string path)
    {
        _names.Remove(path);
        _durableNames.Remove(path);
    }

    /// <summary>A disk with the same files, all of them durable.</summary>
    public CrashDisk Copy()
    {
        var copy = new CrashDisk();
        foreach (var (path, inode) in _names)
        {
            copy.Put(path, inode.Cache);
        }

        copy._directories.UnionWith(_directories);
        return copy;
    }

    /// <summary>The process ends: handles and locks are gone, the page cache stays.</summary>
    public void KillProcess()
    {
        _generation++;
        _locks.Clear();
        BeforeOperation = null;
    }

    /// <summary>The machine ends: what was not synced may be lost in part and in any order, names too.</summary>
    public void LosePower(Random random)
    {
        KillProcess();
        var survival = random.Next(3) switch { 0 => 0.0, 1 => 1.0, _ => 0.5 };
        foreach (var change in _pending)
        {
            if (random.NextDouble() < survival)
            {
                MakeDurable(change);
            }
        }

        _pending.Clear();
        _names.Clear();
        foreach (var (path, inode) in _durableNames)
        {
            inode.Crash(random);
            inode.Path = path;
            _names[path] = inode;
        }
    }

    public void CreateDirectory(string path)
    {
        if (!_directories.Contains(path))
        {
            Begin("mkdir", path);
            _directories.Add(path);
        }
    }

    public IReadOnlyList<string> ListDirectories(string directory) =>
        [.. _directories.Where(path => Path.GetDirectoryName(path) == directory).Select(Path.GetFileName)!];

    public IReadOnlyList<string> ListFiles(string directory) =>
        [.. Names.Where(path => Path.GetDirectoryName(path) == directory).Select(path => Path.GetFileName(path))];

    public IDiskFile Open(string path, bool create)
    {
        if (create)
        {
            Begin("create", path);
            if (_names.ContainsKey(path))
            {
                throw new IOException($"{path} exists");
            }

            var inode = new CrashInode { Path = path };
            _names[path] = inode;
            _pending.Add((null, path, inode));
        }

        return _names.TryGetValue(path, out var found)
            ? new OpenFile(this, found)
            : throw new FileNotFoundException(path);
    }

    public void Rename(string from, string to)
    {
        Begin("rename", to);
        var inode = _names[from];
        _names.Remove(from);
        _names[to] = inode;
        inode.Path = to;
        _pending.Add((from, to, inode)); // In one piece, between directories too: Linux' file systems have journals.
    }

    public void Delete(string path)
    {
        Begin("delete", path);
        if (_names.Remove(path))
        {
            _pending.Add((path, null, null));
        }
    }

    public void SyncDirectory(string path)
    {
        Begin("syncdir", path);
        var synced = _pending.FindAll(change =>
            Path.GetDirectoryName(change.Added) == path || Path.GetDirectoryName(change.Removed) == path);
        synced.ForEach(MakeDurable);
        _pending.RemoveAll(synced.Contains);
    }

    public IDisposable Lock(string directory) =>
        _locks.Add(directory)
            ? new HeldLock(this, directory, _generation)
            : throw new DirectoryInUseException($"{directory} is in use");

    private void MakeDurable((string? Removed, string? Added, CrashInode? Inode) change)
    {
        if (change.Removed is { } removed)
        {
            _durableNames.Remove(removed);
        }

        if (change.Added is { } added)
        {
            _durableNames[added] = change.Inode!;
        }
    }

    private void Begin(string kind, string path)
    {
        Operations++;
        BeforeOperation?.Invoke(kind, path);
    }

    private sealed class HeldLock(CrashDisk disk, string directory, int generation) : IDisposable
    {
        public void Dispose()
        {
            if (disk._generation == generation)
            {
                disk._locks.Remove(directory);
            }
        }
    }

    private sealed class OpenFile(CrashDisk disk, CrashInode inode) : IDiskFile
    {
        private readonly int _generation = disk._generation;
        private bool _isClosed;

        public long Length => inode.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            Check();
            var available = inode.Cache[(int)Math.Min(offset, inode.Length)..];
            var read = Math.Min(available.Length, buffer.Length);
            available[..read].CopyTo(buffer);
            return read;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            Check();
            try
            {
                disk.Begin("write", inode.Path);
            }
            catch
            {
                // A write that fails or is interrupted has often been done in part.
                inode.Write((int)offset, bytes[..disk.Chance.Next(bytes.Length + 1)]);
                throw;
            }

            inode.Write((int)offset, bytes);
        }

        public void SetLength(long length)
        {
            Check();
            disk.Begin("setlength", inode.Path);
            inode.SetLength((int)length);
        }

        public void Sync()
        {
            Check();
            try
            {
                disk.Begin("sync", inode.Path);
            }
            catch (IOException)
            {
                inode.FailSync(disk.Chance);
                throw;
            }

            disk.Syncs.Add(Path.GetFileName(inode.Path));
            inode.Sync();
        }

        public void Dispose() => _isClosed = true;

        private void Check()
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_generation != disk._generation)
            {
                throw new InvalidOperationException($"{inode.Path} is used by a process that has ended");
            }
        }
    }
}
