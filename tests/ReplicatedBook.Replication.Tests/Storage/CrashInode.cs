namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Content of a file twice: as the page cache shows it and as the disk holds it.</summary>
internal sealed class CrashInode
{
    private const int SectorBytes = 512;

    private readonly SortedDictionary<int, List<byte[]>> _dirty = [];
    private readonly List<int> _lengths = [];
    private byte[] _cache = [];
    private byte[] _disk = [];
    private int _diskLength;

    public CrashInode()
    {
    }

    public CrashInode(ReadOnlySpan<byte> durable)
    {
        _cache = durable.ToArray();
        _disk = durable.ToArray();
        Length = _diskLength = durable.Length;
        Reserve(ref _cache, Length);
        Reserve(ref _disk, Length);
    }

    /// <summary>Its latest name.</summary>
    public string Path { get; set; } = "";

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Cache => _cache.AsSpan(0, Length);

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        SetLength(Math.Max(Length, offset + bytes.Length));
        bytes.CopyTo(_cache.AsSpan(offset));
        for (var sector = offset / SectorBytes; sector <= (offset + bytes.Length - 1) / SectorBytes; sector++)
        {
            if (!_dirty.TryGetValue(sector, out var versions))
            {
                _dirty[sector] = versions = [];
            }

            versions.Add(Sector(_cache, sector).ToArray());
        }
    }

    public void SetLength(int length)
    {
        if (length == Length)
        {
            return;
        }

        Reserve(ref _cache, length);
        Reserve(ref _disk, length);
        _cache.AsSpan(Math.Min(length, Length)).Clear();
        Length = length;
        _lengths.Add(length);
    }

    /// <summary>All that was written since the last sync reaches the disk; what a failed sync lost does not.</summary>
    public void Sync()
    {
        foreach (var (sector, versions) in _dirty)
        {
            versions[^1].CopyTo(Sector(_disk, sector));
        }

        _diskLength = Length;
        _dirty.Clear();
        _lengths.Clear();
    }

    /// <summary>As Linux does it: some of it reaches the disk, and all of it counts as clean from now on.</summary>
    public void FailSync(Random random)
    {
        PersistSome(random);
        _dirty.Clear();
        _lengths.Clear();
    }

    /// <summary>Power fails: of each sector any version since the last sync survives, or a mixture of two.</summary>
    public void Crash(Random random)
    {
        PersistSome(random);
        _dirty.Clear();
        _lengths.Clear();
        Length = _diskLength;
        _disk.AsSpan(Length).Clear();
        _cache = _disk.ToArray();
    }

    private void PersistSome(Random random)
    {
        // A bias per file, because all and nothing are as likely in practice as a mixture.
        var survival = random.Next(4) switch { 0 => 0.0, 1 => 1.0, _ => random.NextDouble() };
        var tearing = random.Next(4) == 0 ? 1.0 : 0.1;
        foreach (var (sector, versions) in _dirty)
        {
            if (random.NextDouble() < survival)
            {
                var version = versions[random.Next(4) == 0 ? random.Next(versions.Count) : ^1];
                var torn = random.NextDouble() < tearing
                    ? random.Next(random.Next(2) == 0 ? 64 : SectorBytes)
                    : SectorBytes;
                version.AsSpan(0, torn).CopyTo(Sector(_disk, sector));
            }
        }

        if (_lengths.Count > 0 && random.NextDouble() < Math.Max(survival, 0.5))
        {
            _diskLength = _lengths[random.Next(_lengths.Count)];
        }
    }

    private static Span<byte> Sector(byte[] content, int sector) =>
        content.AsSpan(sector * SectorBytes, SectorBytes);

    private static void Reserve(ref byte[] content, int length)
    {
        if (content.Length < length || content.Length % SectorBytes != 0)
        {
            var sectors = (Math.Max(length, content.Length) + SectorBytes - 1) / SectorBytes;
            Array.Resize(ref content, sectors * SectorBytes);
        }
    }
}
