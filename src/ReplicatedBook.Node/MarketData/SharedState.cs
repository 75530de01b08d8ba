namespace ReplicatedBook.Node.MarketData;

/// <summary>A state that several followers read: one reading serves all who ask for it. Safe from any thread.</summary>
/// <param name="read">Reads it at or after the last applied entry.</param>
internal sealed class SharedState(Func<CancellationToken, ValueTask<StateReading>> read)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private StateReading? _last;

    /// <summary>The state at or after an index that is applied.</summary>
    public async ValueTask<StateReading> ReadAsync(long index, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _last) is { } known && known.Index >= index)
        {
            return known;
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            if (_last is null || _last.Index < index)
            {
                Volatile.Write(ref _last, await read(cancellation));
            }

            return _last;
        }
        finally
        {
            _gate.Release();
        }
    }
}
