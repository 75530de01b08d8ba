using System.Globalization;
using System.Security.Cryptography;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Golden;

/// <summary>Goal: an old entry means for ever what it meant. Method: committed logs with every kind of command, with
/// retries, refusals and bytes that are no command, give the digests and states that they gave when they were written
/// down. A log that gives others needs a new version of what has changed, not a new line.</summary>
public sealed class GoldenLogTests
{
    public static TheoryData<string> Logs =>
    [
        "log-level-1.txt", "log-level-2.txt", "log-level-3.txt", "log-level-4.txt", "log-level-5.txt",
        "log-level-6.txt", "log-level-7.txt",
    ];

    [Theory]
    [MemberData(nameof(Logs))]
    [Trait("MatchingScenario", "107 same_log_same_hash_any_node")]
    [Trait("MatchingScenario", "113 rejects_are_replayed_identically")]
    [Trait("MatchingScenario", "116 culture_timezone_architecture_independence")]
    public void A_log_that_was_written_down_gives_its_digest_and_state(string file)
    {
        var lines = Lines(file);
        var applier = new Applier(ReplicaState.Empty(new ExchangeLimits()), records: null, feed: null);
        foreach (var line in lines.Where(line => line[0] == "entry"))
        {
            var index = long.Parse(line[1], CultureInfo.InvariantCulture);
            var term = long.Parse(line[2], CultureInfo.InvariantCulture);
            var answer = applier.Apply(
                new LogEntry(index, term, Enum.Parse<EntryKind>(line[3]), Convert.FromBase64String(line[4])),
                wantsResult: true);
            Assert.Equal(
                (index, line[5], line[6]),
                (index, answer.Applied.Reason.ToString(), Convert.ToHexStringLower(
                    SHA256.HashData(answer.Result.Span))[..16]));
        }

        Assert.Equal(lines.Single(line => line[0] == "digest")[1], applier.Digest.ToString());
        Assert.Equal(lines.Single(line => line[0] == "state")[1], StateOf(applier));
    }

    [Fact]
    public void Between_them_the_logs_hold_every_kind_of_command()
    {
        var kinds = Logs.SelectMany(file => Lines(file.Data)).Where(line => line[0] == "entry" && line[3] == "Command")
            .SelectMany(line => KindsOf(Convert.FromBase64String(line[4]))).ToHashSet();

        Assert.All(Enum.GetValues<CommandKind>(), kind => Assert.Contains(kind, kinds));
    }

    /// <summary>That of the command, and that of what it wraps.</summary>
    private static CommandKind?[] KindsOf(byte[] payload) =>
        EntryPayload.TryRead(payload, out _, out var command)
            ? [CommandCodec.KindOf(command), CommandCodec.KindOf(CommandCodec.Unwrap(command))]
            : [];

    private static string[][] Lines(string file) =>
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", file)).Select(line => line.Split(' '))];

    private static string StateOf(Applier applier)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        applier.Exchange.StateHash(hash);
        return Convert.ToHexStringLower(hash);
    }
}
