using System.Buffers;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Snapshots of one exchange that are written little by little while it goes on. Each must be byte for byte
/// what was written at once at its beginning.</summary>
/// <param name="random">Says when one is begun and which goes on.</param>
/// <param name="beginOneIn">In how many steps one is begun.</param>
/// <param name="goOnOneIn">In how many steps one goes on.</param>
/// <param name="itemsAtOnce">How far it then goes.</param>
internal sealed class SnapshotsUnderWay(Random random, int beginOneIn, int goOnOneIn, int itemsAtOnce)
{
    private readonly List<(SnapshotWriter Writer, ArrayBufferWriter<byte> Written, byte[] Expected)> _underWay = [];

    /// <summary>How many were right.</summary>
    public int Checked { get; private set; }

    /// <summary>How many were under way together at most.</summary>
    public int MostTogether { get; private set; }

    /// <summary>To be called after each command.</summary>
    public void Step(Exchange exchange)
    {
        if (random.Next(beginOneIn) == 0)
        {
            var (written, expected) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
            var writer = exchange.BeginSnapshot(written);
            exchange.WriteSnapshot(expected);
            _underWay.Add((writer, written, expected.WrittenSpan.ToArray()));
            MostTogether = Math.Max(MostTogether, _underWay.Count);
        }

        if (_underWay.Count > 0 && random.Next(goOnOneIn) == 0)
        {
            GoOn(random.Next(_underWay.Count), itemsAtOnce);
        }
    }

    /// <summary>Writes what is left to its end.</summary>
    public void Finish()
    {
        while (_underWay.Count > 0)
        {
            Assert.True(GoOn(_underWay.Count - 1, int.MaxValue));
        }
    }

    private bool GoOn(int position, int items)
    {
        var (writer, written, expected) = _underWay[position];
        if (!writer.Continue(items))
        {
            return false;
        }

        Assert.Equal(expected, written.WrittenSpan.ToArray());
        _underWay.RemoveAt(position);
        Checked++;
        return true;
    }
}
