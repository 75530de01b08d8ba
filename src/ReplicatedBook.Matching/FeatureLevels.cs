using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <summary>Feature levels: what every node of a cluster can carry out, as an entry of the log says
/// (README.md).</summary>
public static class FeatureLevels
{
    /// <summary>Of a state that no entry has raised, and of every state from before there were levels.</summary>
    public const int First = 1;

    /// <summary>Brings version 2 of the snapshot, and the end of a node that meets an unknown command.</summary>
    public const int KnowsLevels = 2;

    /// <summary>Brings version 2 of commands (orders with options, atomic batches, instruments with rules), commands 14
    /// and 15, version 3 of the snapshot and the limit of an account's open orders.</summary>
    public const int OrderOptions = 3;

    /// <summary>Brings prediction markets: commands 16 to 23 and version 4 of the snapshot.</summary>
    public const int PredictionMarkets = 4;

    /// <summary>Brings betting markets: commands 24 to 34, version 3 of a batch, and version 5 of the
    /// snapshot.</summary>
    public const int BettingMarkets = 5;

    /// <summary>Brings users, the audit and transfers: commands 35 to 49, version 6 of the snapshot, audit records of
    /// earlier commands, self-trade prevention by user, and that user 0 may act on every account.</summary>
    public const int Identity = 6;

    /// <summary>Brings sessions of orders: commands 50 to 52, version 4 of what places orders and bets, and version 7
    /// of the snapshot.</summary>
    public const int OrderSessions = 7;

    /// <summary>Highest that this build carries out.</summary>
    public const int Supported = OrderSessions;

    /// <summary>Of a command whose version or kind this build does not know.</summary>
    public const int Unknown = int.MaxValue;

    /// <summary>The level that brought each kind of command, by its number; SetFeatureLevel is what leads to levels, so
    /// it needs none. Unknown for numbers that no command has.</summary>
    internal static int[] ByKind { get; } =
    [
        Unknown, First, First, First, First, First, First, First, First, First, First, First, First, First,
        OrderOptions, OrderOptions,
        PredictionMarkets, PredictionMarkets, PredictionMarkets, PredictionMarkets, PredictionMarkets,
        PredictionMarkets, PredictionMarkets, PredictionMarkets,
        BettingMarkets, BettingMarkets, BettingMarkets, BettingMarkets, BettingMarkets, BettingMarkets, BettingMarkets,
        BettingMarkets, BettingMarkets, BettingMarkets, BettingMarkets,
        Identity, Identity, Identity, Identity, Identity, Identity, Identity, Identity, Identity, Identity, Identity,
        Identity, Identity, Identity, Identity,
        OrderSessions, OrderSessions, OrderSessions,
    ];

    /// <summary>The level that a SetFeatureLevel asks for.</summary>
    /// <returns>False for every other command, whole or damaged.</returns>
    public static bool TryReadTarget(ReadOnlySpan<byte> command, out int level)
    {
        level = 0;
        if (!TryPeek(command, out _, out var kind)
            || kind is not ((long)CommandKind.SetFeatureLevel or (long)CommandKind.Audited))
        {
            return false; // By far the most.
        }

        command = CommandCodec.Unwrap(command);

        var reader = new MessagePackReader(command);
        return CommandReader.TryReadHeader(ref reader, out var inner, out _) && inner == CommandKind.SetFeatureLevel
            && CommandReader.TryReadInt32(ref reader, out level) && reader.IsAtEnd;
    }

    /// <summary>Reads version and kind, whatever they are.</summary>
    internal static bool TryPeek(ReadOnlySpan<byte> command, out long version, out long kind)
    {
        var reader = new MessagePackReader(command);
        (version, kind) = (0, 0);
        return reader.TryReadArrayHeader(out var count) && count >= 2
            && reader.TryReadInteger(out version) && version is >= 1 and <= ushort.MaxValue
            && reader.TryReadInteger(out kind) && kind is >= 1 and <= ushort.MaxValue;
    }
}
