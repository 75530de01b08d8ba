using System.IO.Pipelines;
using System.Text;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>The way back of a connection, for replies and events: each text that is written is whole lines, and comes
/// whole. While the client does not read, its writers wait. Safe from any thread.</summary>
/// <param name="output">Of the connection.</param>
/// <param name="gone">Called when the client is found to be gone.</param>
internal sealed class LineOutput(PipeWriter output, Action gone) : IDisposable
{
    private const int MaxHeldBytes = 32 << 10;

    private readonly SemaphoreSlim _gate = new(1);
    private int _heldBytes;

    /// <summary>Writes lines.</summary>
    /// <param name="lines">With their ends.</param>
    /// <param name="isMoreComing">Whether others follow at once, so that these need not be sent by themselves.</param>
    /// <param name="cancellation">Gives the wait for the client up.</param>
    public async ValueTask WriteAsync(string lines, bool isMoreComing, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _heldBytes += (int)Encoding.ASCII.GetBytes(lines, output);
            if (isMoreComing && _heldBytes < MaxHeldBytes)
            {
                return;
            }

            _heldBytes = 0;
            if ((await output.FlushAsync(cancellation)).IsCompleted)
            {
                gone();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
