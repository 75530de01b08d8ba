using System.Buffers.Text;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Identity;

/// <summary>What audit records call the commands that are put on record, and what those act on.</summary>
internal static class AuditActions
{
    private const int MaxNumber = 20;

    /// <summary>The kinds that are put on record, and the one that may carry them; the bit of each.</summary>
    public const ulong Kinds =
        1UL << (int)CommandKind.CreateAsset | 1UL << (int)CommandKind.Deposit | 1UL << (int)CommandKind.Withdraw
        | 1UL << (int)CommandKind.ListInstrument | 1UL << (int)CommandKind.UpdateInstrument
        | 1UL << (int)CommandKind.SetInstrumentStatus | 1UL << (int)CommandKind.SetFeatureLevel
        | 1UL << (int)CommandKind.CreatePredictionMarket | 1UL << (int)CommandKind.UpdatePredictionMarket
        | 1UL << (int)CommandKind.DeletePredictionMarket | 1UL << (int)CommandKind.SetPredictionMarketStatus
        | 1UL << (int)CommandKind.ResolvePredictionMarket | 1UL << (int)CommandKind.VoidPredictionMarket
        | 1UL << (int)CommandKind.CreateBettingMarket | 1UL << (int)CommandKind.AddRunners
        | 1UL << (int)CommandKind.SetBettingState | 1UL << (int)CommandKind.SetBettingPhase
        | 1UL << (int)CommandKind.BatchCancelBets | 1UL << (int)CommandKind.VoidBettingTrades
        | 1UL << (int)CommandKind.SettleBettingMarket | 1UL << (int)CommandKind.VoidBettingMarket
        | 1UL << (int)CommandKind.Audited | 1UL << (int)CommandKind.Bootstrap | 1UL << (int)CommandKind.CreateUser
        | 1UL << (int)CommandKind.UpdateUser | 1UL << (int)CommandKind.SetPassword
        | 1UL << (int)CommandKind.UpgradePasswordHash | 1UL << (int)CommandKind.OpenSession
        | 1UL << (int)CommandKind.RotateSession | 1UL << (int)CommandKind.EndSessions
        | 1UL << (int)CommandKind.CreateApiKey | 1UL << (int)CommandKind.RevokeApiKey
        | 1UL << (int)CommandKind.AddSigningKey | 1UL << (int)CommandKind.RetireSigningKey;

    /// <summary>The action of a kind that is put on record.</summary>
    public static ReadOnlySpan<byte> Of(CommandKind kind) => kind switch
    {
        CommandKind.CreateAsset => "asset.create"u8,
        CommandKind.Deposit => "deposit"u8,
        CommandKind.Withdraw => "withdraw"u8,
        CommandKind.ListInstrument => "instrument.create"u8,
        CommandKind.UpdateInstrument => "instrument.update"u8,
        CommandKind.SetInstrumentStatus => "instrument.status"u8,
        CommandKind.SetFeatureLevel => "feature_level.set"u8,
        CommandKind.CreatePredictionMarket => "event.create"u8,
        CommandKind.UpdatePredictionMarket => "event.update"u8,
        CommandKind.DeletePredictionMarket => "event.delete"u8,
        CommandKind.SetPredictionMarketStatus => "event.status"u8,
        CommandKind.ResolvePredictionMarket => "event.resolve"u8,
        CommandKind.VoidPredictionMarket => "event.void"u8,
        CommandKind.CreateBettingMarket => "market.create"u8,
        CommandKind.AddRunners => "market.add_runners"u8,
        CommandKind.SetBettingState => "market.state"u8,
        CommandKind.SetBettingPhase => "market.phase"u8,
        CommandKind.BatchCancelBets => "market.cancel_bets"u8,
        CommandKind.VoidBettingTrades => "market.void_trades"u8,
        CommandKind.SettleBettingMarket => "market.settle"u8,
        CommandKind.VoidBettingMarket => "market.void"u8,
        CommandKind.Bootstrap => "bootstrap"u8,
        CommandKind.CreateUser => "user.create"u8,
        CommandKind.UpdateUser => "user.update"u8,
        CommandKind.SetPassword => "user.password"u8,
        CommandKind.UpgradePasswordHash => "user.password_rehash"u8,
        CommandKind.OpenSession => "login"u8,
        CommandKind.RotateSession => "refresh"u8,
        CommandKind.EndSessions => "logout"u8,
        CommandKind.CreateApiKey => "api_key.create"u8,
        CommandKind.RevokeApiKey => "api_key.revoke"u8,
        CommandKind.AddSigningKey => "signing_key.add"u8,
        _ => "signing_key.retire"u8,
    };

    /// <summary>Writes what a command acts on: what it is, a colon, and the number or name that the command gives
    /// first.</summary>
    /// <param name="kind">A kind that is put on record.</param>
    /// <param name="content">The command's fields behind the header.</param>
    /// <param name="destination">Room for the longest target.</param>
    /// <returns>How many characters; none where the command names nothing that can be shown.</returns>
    public static int Target(CommandKind kind, ReadOnlySpan<byte> content, Span<byte> destination)
    {
        var prefix = Prefix(kind);
        prefix.CopyTo(destination);
        var rest = destination[prefix.Length..];
        var reader = new MessagePackReader(content);
        if (kind == CommandKind.RevokeApiKey)
        {
            _ = reader.TryReadInteger(out _); // The user, who is behind the key anyway.
        }

        var copy = reader;
        if (reader.TryReadInteger(out var number))
        {
            Utf8Formatter.TryFormat(number, rest[..MaxNumber], out var length);
            return prefix.Length + length;
        }

        if (!copy.TryReadText(out var name) || name.Length > rest.Length || !TextRules.IsPrintable(name))
        {
            return 0;
        }

        name.CopyTo(rest);
        return prefix.Length + name.Length;
    }

    private static ReadOnlySpan<byte> Prefix(CommandKind kind) => kind switch
    {
        CommandKind.CreateAsset => "asset:"u8,
        CommandKind.Deposit or CommandKind.Withdraw => "account:"u8,
        CommandKind.ListInstrument or CommandKind.UpdateInstrument or CommandKind.SetInstrumentStatus =>
            "instrument:"u8,
        CommandKind.SetFeatureLevel => "level:"u8,
        >= CommandKind.CreatePredictionMarket and <= CommandKind.VoidPredictionMarket => "event:"u8,
        >= CommandKind.CreateBettingMarket and <= CommandKind.VoidBettingMarket => "market:"u8,
        CommandKind.Bootstrap or CommandKind.CreateUser => "username:"u8,
        CommandKind.RotateSession => "session:"u8,
        CommandKind.RevokeApiKey => "api_key:"u8,
        CommandKind.AddSigningKey or CommandKind.RetireSigningKey => "signing_key:"u8,
        _ => "user:"u8,
    };
}
