using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>Goal: a layout never changes unnoticed, for old logs and snapshots must be read for ever. Method: all
/// samples
/// must be the bytes in golden.txt. A line that differs needs a new version of that layout, not a new line.</summary>
public sealed class GoldenBytesTests
{
    [Fact]
    public void Every_command_event_result_and_snapshot_has_its_golden_bytes()
    {
        var golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Encoding", "golden.txt"))
            .Select(line => line.Split(": ")).ToDictionary(parts => parts[0], parts => parts[1]);
        var actual = Samples.All.GroupBy(sample => sample.Name)
            .SelectMany(
                group => group.Select(
                    (sample, i) => (Name: i == 0 ? sample.Name : $"{sample.Name} {i + 1}", sample.Bytes)))
            .Select(sample => $"{sample.Name}: {Convert.ToHexStringLower(sample.Bytes)}").ToList();
        Assert.Equal(golden.Select(line => $"{line.Key}: {line.Value}"), actual);
    }

    [Fact]
    public void Every_kind_of_event_is_read_as_it_was_written()
    {
        foreach (
            var (_, bytes) in Samples.All.Where(sample => sample.Name.StartsWith("event ", StringComparison.Ordinal)))
        {
            var (buffer, recorded) = (new EventBuffer(), new RecordedEvents());
            EventCodec.Read(bytes, buffer);
            EventCodec.Read(bytes, recorded);
            Assert.Equal(bytes, buffer.Bytes.ToArray());
            Assert.Equal((1, 1), (buffer.Count, recorded.All.Count));
        }
    }

    [Fact]
    public void Every_kind_of_command_tells_its_kind()
    {
        foreach (
            var (name, bytes) in Samples.All.Where(
                sample => sample.Name.StartsWith("command ", StringComparison.Ordinal)))
        {
            Assert.StartsWith($"command {CommandCodec.KindOf(bytes)}", name, StringComparison.Ordinal);
        }

        Assert.Null(CommandCodec.KindOf([]));
        Assert.Null(CommandCodec.KindOf([0x96, 1, 16, 0, 0xC0, 0]));
    }

    [Fact]
    public void Bytes_that_are_no_events_or_results_are_a_format_exception()
    {
        foreach (var (name, bytes) in Samples.All)
        {
            if (!name.StartsWith("event ", StringComparison.Ordinal))
            {
                Assert.Throws<FormatException>(() => EventCodec.Read(bytes, new RecordedEvents()));
            }

            if (!name.StartsWith("result ", StringComparison.Ordinal))
            {
                Assert.Throws<FormatException>(() => ResultCodec.Read(bytes));
            }

            Assert.Throws<FormatException>(() => ResultCodec.Read(bytes.AsSpan()[..^1]));
        }
    }
}
