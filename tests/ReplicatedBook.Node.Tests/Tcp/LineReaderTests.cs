using System.IO.Pipelines;
using System.Text;
using ReplicatedBook.Node.Api.Tcp;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: where the bytes of a connection are cut does not matter. Method: the same lines byte by byte, all at
/// once, and with one that is too long among them.</summary>
public sealed class LineReaderTests
{
    private readonly Pipe _pipe = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Lines_are_found_wherever_the_bytes_are_cut(int size)
    {
        var reader = new LineReader(_pipe.Reader);
        var sending = SendAsync("PING a\nPING b\r\n\nNEW t X B L 1 1\nPING cut", size);

        Assert.Equal(["a", "b", "-", "t"], await TagsAsync(reader));
        await sending;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(100_000)]
    public async Task A_line_that_is_too_long_is_told_of_once_and_skipped(int size)
    {
        var reader = new LineReader(_pipe.Reader);
        var sending = SendAsync($"PING a\nPING {new string('x', 5_000)}\nPING b\n", size);

        Assert.Equal(["a", "-", "b"], await TagsAsync(reader));
        await sending;
    }

    [Fact]
    public async Task Of_a_line_without_end_nothing_is_held()
    {
        var reader = new LineReader(_pipe.Reader);
        var sending = SendAsync(new string('x', 10_000_000), 50_000); // The pipe itself holds 64 KiB at most.

        Assert.Equal(["-"], await TagsAsync(reader));
        await sending;
    }

    [Fact]
    public async Task A_line_can_be_seen_before_it_is_taken()
    {
        var reader = new LineReader(_pipe.Reader);
        await SendAsync("PING a\nPING b\nPING c", 1_000);

        Assert.False(reader.TryPeek(out _));
        Assert.Equal("a", (await reader.ReadAsync(Cancellation))?.Command?.Tag);
        Assert.True(reader.TryPeek(out var next));
        Assert.Equal("b", next.Command?.Tag);
        Assert.Equal("b", reader.Take()?.Command?.Tag);
        Assert.False(reader.TryPeek(out _));
        Assert.Null(await reader.ReadAsync(Cancellation));
    }

    private async Task SendAsync(string text, int size)
    {
        for (var bytes = Encoding.ASCII.GetBytes(text).AsMemory(); !bytes.IsEmpty;)
        {
            var length = Math.Min(size, bytes.Length);
            await _pipe.Writer.WriteAsync(bytes[..length], Cancellation);
            bytes = bytes[length..];
        }

        await _pipe.Writer.CompleteAsync();
    }

    private static async Task<List<string>> TagsAsync(LineReader reader)
    {
        var tags = new List<string>();
        while (await reader.ReadAsync(Cancellation) is { } line)
        {
            tags.Add(line.Command?.Tag ?? line.Defect!.Tag ?? "-");
        }

        return tags;
    }
}
