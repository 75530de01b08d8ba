namespace ReplicatedBook.Replication.Tests.Storage.Faults;

/// <summary>A disk in memory that is made in no time: files are shared until they are written. Never crashes.</summary>
internal sealed class MemoryDisk : IDisk
{
    private readonly SortedDictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _files.Keys;

    /// <summary>Puts a file in place; its bytes are not copied until it is written.</summary>
    public void Put(string path, ReadOnlyMemory<byte> content) => _files[path] = new MemoryFile(content);

    public void Remove(string path) => _files.Remove(path);

    public ReadOnlyMemory<byte> Content(string path) => _files[path].Content;

    /// <summary>A disk with the same content; writes to either do not show in the other.</summary>
    public MemoryDisk Copy()
    {
        var copy = new MemoryDisk();
        foreach (var (path, file) in _files)
        {
            copy.Put(path, file.Content);
        }

        copy._directories.UnionWith(_directories);
        return copy;
    }

    public void CreateDirectory(string path) => _directories.Add(path);

    public IReadOnlyList<string> ListFiles(string directory) =>
        [.. _files.Keys.Where(path => Path.GetDirectoryName(path) == directory).Select(Path.GetFileName)!];

    public IReadOnlyList<string> ListDirectories(string directory) =>
        [.. _directories.Where(path => Path.GetDirectoryName(path) == directory).Select(Path.GetFileName)!];

    public IDiskFile Open(string path, bool create)
    {
        if (create && !_files.TryAdd(path, new MemoryFile(default)))
        {
            throw new IOException($"{path} exists");
        }

        return _files[path];
    }

    public void Rename(string from, string to)
    {
        _files[to] = _files[from];
        _files.Remove(from);
    }

    public void Delete(string path) => _files.Remove(path);

    public void SyncDirectory(string path)
    {
    }

    public IDisposable Lock(string directory) => new MemoryFile(default);

    private sealed class MemoryFile(ReadOnlyMemory<byte> shared) : IDiskFile
    {
        private byte[]? _own;
        private int _length = shared.Length;

        public long Length => _length;

        public ReadOnlyMemory<byte> Content => _own is null ? shared : _own.AsMemory(0, _length).ToArray();

        private ReadOnlySpan<byte> Bytes => _own is null ? shared.Span : _own.AsSpan(0, _length);

        public int Read(long offset, Span<byte> buffer)
        {
            var available = Bytes[(int)Math.Min(offset, _length)..];
            var read = Math.Min(available.Length, buffer.Length);
            available[..read].CopyTo(buffer);
            return read;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var end = (int)offset + bytes.Length;
            if (_own is null || end > _own.Length)
            {
                var grown = new byte[Math.Max(end, _length)];
                Bytes.CopyTo(grown);
                _own = grown;
            }

            bytes.CopyTo(_own.AsSpan((int)offset));
            _length = Math.Max(_length, end);
        }

        public void SetLength(long length)
        {
            var changed = new byte[length];
            Bytes[..(int)Math.Min(length, _length)].CopyTo(changed);
            (_own, _length) = (changed, (int)length);
        }

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
