using ReplicatedBook.Replication;

namespace ReplicatedBook.Simulation.Disk;

/// <summary>An open file of a <see cref="SimulatedDisk"/>; of no use once the process that opened it has
/// ended.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, SimulatedContent content, int process) : IDiskFile
{
    private bool _isClosed;

    /// <inheritdoc/>
    public long Length => Opened.Length;

    private SimulatedContent Opened => _isClosed || process != disk.Process
        ? throw new ObjectDisposedException("simulated file")
        : content;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> buffer) => Opened.Read(offset, buffer);

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var opened = Opened;
        if (offset + bytes.Length > opened.Length)
        {
            disk.RequireRoom();
        }

        if (disk.IsFaultDue)
        {
            opened.Write(offset, bytes[..(bytes.Length / 2)]); // The fault strikes when half of it is written.
        }

        disk.Operate();
        opened.Write(offset, bytes);
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        if (length > Opened.Length)
        {
            disk.RequireRoom();
        }

        disk.Operate();
        Opened.SetLength(length);
    }

    /// <inheritdoc/>
    public void Sync()
    {
        disk.Operate();
        if (!disk.LiesAboutSync)
        {
            Opened.Sync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _isClosed = true;
}
