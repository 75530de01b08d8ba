using System.Buffers;
using System.IO.Pipelines;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Takes lines from a connection as they become whole. Of a line that is too long it holds no more than a line
/// may have: it is told of at once, and the rest of it is skipped. One reader uses it.</summary>
internal sealed class LineReader(PipeReader input)
{
    private const int MaxHeldBytes = LineGrammar.MaxLineBytes + 1; // With a carriage return.

    private ReadOnlySequence<byte> _held;
    private LineReading? _next;
    private bool _isReading;
    private bool _isSkipping;
    private bool _hasEnded;

    /// <summary>Waits for the next line.</summary>
    /// <returns>Null at the end; what stood behind the last line feed is no line.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public async ValueTask<LineReading?> ReadAsync(CancellationToken cancellation)
    {
        while (!TryPeek(out _) && !_hasEnded)
        {
            if (_isReading)
            {
                input.AdvanceTo(_held.Start, _held.End);
                (_isReading, _held) = (false, default);
            }

            var read = await input.ReadAsync(cancellation);
            (_isReading, _held, _hasEnded) = (true, read.Buffer, read.IsCompleted);
        }

        _ = TryPeek(out _);
        return Take();
    }

    /// <summary>The next line, if all of it is there already; it stays the next one.</summary>
    public bool TryPeek(out LineReading line)
    {
        _next ??= FromHeld();
        line = _next.GetValueOrDefault();
        return _next is not null;
    }

    /// <summary>Takes the line that was seen.</summary>
    public LineReading? Take()
    {
        var line = _next;
        _next = null;
        return line;
    }

    /// <summary>Drops what comes until the end, or until that is given up.</summary>
    public async Task SkipAsync(CancellationToken cancellation)
    {
        try
        {
            while (!_hasEnded)
            {
                if (_isReading)
                {
                    input.AdvanceTo(_held.End);
                }

                var read = await input.ReadAsync(cancellation);
                (_isReading, _held, _hasEnded) = (true, read.Buffer, read.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            // It was given up.
        }
    }

    private LineReading? FromHeld()
    {
        while (_held.PositionOf((byte)'\n') is { } end)
        {
            var line = _held.Slice(0, end);
            _held = _held.Slice(_held.GetPosition(1, end));
            if (!_isSkipping)
            {
                return Read(line);
            }

            _isSkipping = false; // What was told of already ends here.
        }

        if (_isSkipping || _held.Length <= MaxHeldBytes)
        {
            _held = _isSkipping ? _held.Slice(_held.End) : _held;
            return null;
        }

        _isSkipping = true;
        _held = _held.Slice(_held.End);
        return LineParser.TooLong;
    }

    private static LineReading Read(in ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxHeldBytes)
        {
            return LineParser.TooLong;
        }

        if (line.IsSingleSegment)
        {
            return LineParser.Read(line.FirstSpan);
        }

        Span<byte> copy = stackalloc byte[MaxHeldBytes];
        line.CopyTo(copy);
        return LineParser.Read(copy[..(int)line.Length]);
    }
}
