using System.Buffers.Text;
using System.Security.Cryptography;
using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>Reports as the benchmark's canonical text, of which only the SHA-256 is kept.</summary>
internal sealed class CanonicalReports : IDisposable
{
    private const int FlushAt = 1 << 16;
    private const int MaxLineBytes = 128;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _text = new byte[FlushAt + MaxLineBytes];
    private int _length;
    private (long Sequence, ReportKind Kind) _last = (-1, default);

    /// <summary>Reports taken so far.</summary>
    public long Count { get; private set; }

    /// <summary>Trades among them.</summary>
    public long Trades { get; private set; }

    /// <summary>The text of one report, without its line end.</summary>
    public static string Line(in Report report)
    {
        Span<byte> line = stackalloc byte[MaxLineBytes];
        return System.Text.Encoding.ASCII.GetString(line[..Write(in report, line)]);
    }

    /// <summary>Takes all reports that wait in a ring.</summary>
    /// <exception cref="InvalidDataException">They are not in order of sequence, then of kind.</exception>
    public void TakeFrom(ReportRing ring)
    {
        while (ring.TryTake(out var report))
        {
            if ((report.Sequence, report.Kind).CompareTo(_last) < 0)
            {
                throw new InvalidDataException($"{report.Kind} of message {report.Sequence} came after {_last}");
            }

            _last = (report.Sequence, report.Kind);
            if (Count++ > 0)
            {
                _text[_length++] = (byte)'\n';
            }

            Trades += report.Kind == ReportKind.Trade ? 1 : 0;
            _length += Write(in report, _text.AsSpan(_length));
            if (_length >= FlushAt)
            {
                Flush();
            }
        }
    }

    /// <summary>SHA-256 of the whole text, in lower-case hexadecimal digits.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_text, 0, _length);
        _length = 0;
    }

    private static int Write(in Report report, Span<byte> line)
    {
        var written = 0;
        Add(line, ref written, (long)report.Kind);
        Add(line, ref written, report.Sequence);
        switch (report.Kind)
        {
            case ReportKind.Trade:
                Add(line, ref written, report.Price);
                Add(line, ref written, report.Lots);
                Add(line, ref written, report.Order);
                Add(line, ref written, report.Taker);
                break;
            case ReportKind.CancelRejected or ReportKind.ReplaceRejected:
                Add(line, ref written, report.Order);
                break;
            default:
                Add(line, ref written, report.IsBuy ? 0 : 1);
                Add(line, ref written, report.Order);
                Add(line, ref written, report.Price);
                if (report.Kind != ReportKind.Canceled)
                {
                    Add(line, ref written, report.Lots);
                }

                break;
        }

        return written;
    }

    private static void Add(Span<byte> line, ref int written, long value)
    {
        if (written > 0)
        {
            line[written++] = (byte)',';
        }

        Utf8Formatter.TryFormat(value, line[written..], out var digits);
        written += digits;
    }
}
