using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>What the cluster can carry out by now.</content>
public sealed partial class Exchange
{
    private readonly int[] _levels = FeatureLevels.ByKind;

    /// <summary>An empty exchange of a build that knows other commands.</summary>
    /// <param name="limits">As in the public constructor.</param>
    /// <param name="levels">The level that brought each kind, by its number.</param>
    internal Exchange(ExchangeLimits limits, int[] levels)
        : this(limits) => _levels = levels;

    /// <summary>The level that the log has raised this state to; never goes back.</summary>
    public int FeatureLevel { get; private set; } = FeatureLevels.First;

    /// <summary>The level this state must have reached before a command has an effect.</summary>
    /// <param name="command">Bytes as CommandCodec writes them.</param>
    /// <returns><see cref="FeatureLevels.Unknown"/> for a version or kind that this build does not know;
    /// <see cref="FeatureLevels.First"/> for bytes that are no command of any version.</returns>
    public int LevelNeededBy(ReadOnlySpan<byte> command) =>
        !FeatureLevels.TryPeek(command, out var version, out var kind) ? FeatureLevels.First
        : version > CommandCodec.Version || kind >= _levels.Length ? FeatureLevels.Unknown
        : kind != (long)CommandKind.Audited ? LevelOf((int)version, (int)kind)
        : Math.Max(LevelOf((int)version, (int)kind), LevelOfWrapped(CommandCodec.Unwrap(command)));

    /// <summary>Why this build must not go on over a command; to be asked before <see cref="Apply"/>.</summary>
    /// <remarks>Up to level 1 a command of an unknown version is refused as malformed: that is what it meant to the
    /// builds of that time. From level 2 on it was written by a build that knows it.</remarks>
    /// <param name="command">As in <see cref="Apply"/>.</param>
    /// <returns>What it needs, for people; null when it may be applied.</returns>
    public string? Needs(ReadOnlySpan<byte> command)
    {
        if (FeatureLevels.TryReadTarget(command, out var target) && target > FeatureLevels.Supported)
        {
            return $"feature level {target}, this build supports {FeatureLevels.Supported}";
        }

        return FeatureLevel >= FeatureLevels.KnowsLevels && LevelNeededBy(command) == FeatureLevels.Unknown
            && FeatureLevels.TryPeek(CommandCodec.Unwrap(command), out var version, out var kind)
            ? $"command {kind} of version {version}, this build knows up to {_levels.Length - 1} of version "
                + $"{CommandCodec.Version}"
            : null;
    }

    /// <summary>As above, of what a wrapper carries; wrappers in wrappers are refused by every build.</summary>
    private int LevelOfWrapped(ReadOnlySpan<byte> command) =>
        FeatureLevels.TryPeek(command, out _, out var kind) && kind != (long)CommandKind.Audited
            ? LevelNeededBy(command)
            : FeatureLevels.First;

    private int LevelOf(int version, int kind) => version switch
    {
        1 => _levels[kind],
        2 => Math.Max(_levels[kind], FeatureLevels.OrderOptions),
        CommandCodec.MixedVersion =>
            kind == (int)CommandKind.PlaceBatch ? FeatureLevels.BettingMarkets : FeatureLevels.Unknown,
        _ => kind is (int)CommandKind.PlaceOrder or (int)CommandKind.PlaceBatch or (int)CommandKind.PlaceBet
            ? FeatureLevels.OrderSessions
            : FeatureLevels.Unknown,
    };

    /// <summary>Takes no event and no result but the refusal's: a level that is not above the present changes
    /// nothing.</summary>
    private RejectReason ApplySetFeatureLevel(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadInt32(ref reader, out var level) || !reader.IsAtEnd
            || level is < FeatureLevels.First or > FeatureLevels.Supported)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred == RejectReason.None)
        {
            FeatureLevel = Math.Max(FeatureLevel, level);
        }

        return Refuse(barred);
    }
}
