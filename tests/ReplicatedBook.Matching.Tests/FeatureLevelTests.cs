using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: a command has an effect only once the log says that every node knows it, and builds that differ in
/// what they know do not differ in state before. Method: an exchange of a build to come, for which one kind is of level
/// 2.</summary>
public sealed class FeatureLevelTests
{
    private static readonly ExchangeLimits Limits = new();
    private readonly RecordedEvents _events = new();

    [Fact]
    public void Every_kind_has_a_level_and_the_state_begins_at_the_first()
    {
        var kinds = Enum.GetValues<CommandKind>();

        Assert.Equal((int)kinds[^1] + 1, FeatureLevels.ByKind.Length);
        Assert.Equal(FeatureLevels.First, new Exchange(Limits).FeatureLevel);
        Assert.All(kinds, kind => Assert.True(FeatureLevels.ByKind[(int)kind] <= FeatureLevels.Supported));
        Assert.Equal(kinds.Length, FeatureLevels.ByKind.Count(level => level != FeatureLevels.Unknown));
    }

    [Fact]
    public void A_command_above_the_level_is_refused_without_a_trace_and_holds_after_the_level_rose()
    {
        var levels = FeatureLevels.ByKind.ToArray();
        levels[(int)CommandKind.CreateAccount] = 2;
        var later = new Exchange(Limits, levels);
        var known = new Exchange(Limits);
        var command = Encode(new CreateAccount("desk"), "k1");

        Assert.Equal(2, later.LevelNeededBy(command));
        Assert.Equal(RejectReason.FeatureDisabled, Apply(later, 1, command));
        Assert.Equal(RejectReason.MalformedCommand, Apply(known, 1, [0xC0])); // What an older build makes of it.
        Assert.Empty(_events.All);
        Assert.Equal(SnapshotOf(known), SnapshotOf(later));

        Assert.Equal(RejectReason.None, Apply(later, 2, Encode(new SetFeatureLevel(2))));
        Assert.Equal(RejectReason.None, Apply(later, 3, command)); // With its key: the refusal was not remembered.
        Assert.Equal(1, later.AccountCount);
    }

    [Fact]
    public void A_level_never_goes_back_and_survives_a_snapshot()
    {
        var exchange = new Exchange(Limits);
        Assert.Equal(RejectReason.None, Apply(exchange, 1, Encode(new SetFeatureLevel(2))));
        Assert.Equal(RejectReason.None, Apply(exchange, 2, Encode(new SetFeatureLevel(1))));
        Assert.Equal(RejectReason.None, Apply(exchange, 3, Encode(new SetFeatureLevel(2))));
        Assert.Equal(RejectReason.MalformedCommand, Apply(exchange, 4, Encode(new SetFeatureLevel(0))));

        var restored = Exchange.ReadSnapshot(SnapshotOf(exchange));

        Assert.Equal((2, 2), (exchange.FeatureLevel, restored.FeatureLevel));
        Assert.Equal(SnapshotOf(exchange), SnapshotOf(restored));
        Assert.Empty(_events.All);
    }

    [Fact]
    public void Snapshots_are_of_the_version_that_every_node_of_the_level_reads()
    {
        var exchange = new Exchange(Limits);

        Assert.Equal([0x95, 1], SnapshotOf(exchange).Take(2));
        Apply(exchange, 1, Encode(new SetFeatureLevel(2)));
        Assert.Equal([0x96, 2], SnapshotOf(exchange).Take(2));
        Apply(exchange, 2, Encode(new SetFeatureLevel(3)));
        Assert.Equal([0x96, 3], SnapshotOf(exchange).Take(2));
        Apply(exchange, 3, Encode(new SetFeatureLevel(4)));
        Assert.Equal([0x96, 4], SnapshotOf(exchange).Take(2));
        Apply(exchange, 4, Encode(new SetFeatureLevel(5)));
        Assert.Equal([0x96, 5], SnapshotOf(exchange).Take(2));
        Apply(exchange, 5, Encode(new SetFeatureLevel(6)));
        Assert.Equal([0x96, 6], SnapshotOf(exchange).Take(2));
        Apply(exchange, 6, Encode(new SetFeatureLevel(7)));
        Assert.Equal([0x96, 7], SnapshotOf(exchange).Take(2));
    }

    [Fact]
    public void A_second_version_of_a_command_needs_the_level_that_brought_it()
    {
        var exchange = new Exchange(Limits);
        var atomic = Encode(new PlaceBatch([Samples.Order]) { IsAtomic = true });
        Apply(exchange, 1, Encode(new SetFeatureLevel(2)));

        Assert.Equal(FeatureLevels.OrderOptions, exchange.LevelNeededBy(atomic));
        Assert.Equal(RejectReason.FeatureDisabled, Apply(exchange, 2, atomic));
        Assert.Empty(_events.All);

        Apply(exchange, 3, Encode(new SetFeatureLevel(3)));
        Assert.Equal(RejectReason.None, Apply(exchange, 4, atomic)); // Its order is refused, the batch is not.
        Assert.Single(_events.All);
    }

    [Fact]
    public void A_snapshot_of_a_later_build_names_what_it_needs()
    {
        var exchange = new Exchange(Limits);
        Apply(exchange, 1, Encode(new SetFeatureLevel(2)));
        var snapshot = SnapshotOf(exchange);
        var levelAt = snapshot.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 2, 0x9A]) + 2;
        byte[] version = [.. snapshot];
        version[1] = FeatureLevels.Supported + 1;
        byte[] level = [.. snapshot];
        level[levelAt] = FeatureLevels.Supported + 1;

        Assert.Equal(
            "snapshot version 8, this build supports 7",
            Assert.Throws<UnsupportedFormatException>(() => Exchange.ReadSnapshot(version)).Needs);
        Assert.Equal(
            "feature level 8, this build supports 7",
            Assert.Throws<UnsupportedFormatException>(() => Exchange.ReadSnapshot(level)).Needs);
    }

    private RejectReason Apply(Exchange exchange, long index, byte[] command)
    {
        Assert.Null(exchange.Needs(command));
        var result = new ArrayBufferWriter<byte>();
        _events.Clear();
        var applied = _events.Apply(exchange, index, command, result);
        Assert.Equal(applied.Reason, ResultCodec.Read(result.WrittenSpan).Reason);
        return applied.Reason;
    }

    private static byte[] Encode(object command, string key = "")
    {
        RequestKey.TryCreate(key, out var requestKey);
        var bytes = new ArrayBufferWriter<byte>();
        AnyCommand.Write(bytes, new CommandHeader(new UserId(0), requestKey, default), command);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] SnapshotOf(Exchange exchange)
    {
        var bytes = new ArrayBufferWriter<byte>();
        exchange.WriteSnapshot(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
