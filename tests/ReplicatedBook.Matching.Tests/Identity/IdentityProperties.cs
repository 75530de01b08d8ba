using System.Text;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Goal: the laws of users, keys, sessions and the audit hold after every command, whatever came before, and
/// beside those of trading. Method: drawn commands, each followed by a look at all users and at what was put on record;
/// a copy that is restored on the way must tell the same.</summary>
public sealed class IdentityProperties
{
    private const int Commands = 5_000;
    private const int BetweenRestores = 250;

    /// <summary>Put on record however they end; the list of the README once more.</summary>
    private static readonly HashSet<CommandKind> OnRecord =
    [
        CommandKind.CreateAsset, CommandKind.Deposit, CommandKind.Withdraw, CommandKind.ListInstrument,
        CommandKind.UpdateInstrument, CommandKind.SetInstrumentStatus, CommandKind.SetFeatureLevel,
        CommandKind.Bootstrap, CommandKind.CreateUser, CommandKind.UpdateUser, CommandKind.SetPassword,
        CommandKind.UpgradePasswordHash, CommandKind.OpenSession, CommandKind.EndSessions, CommandKind.CreateApiKey,
        CommandKind.RevokeApiKey, CommandKind.AddSigningKey, CommandKind.RetireSigningKey,
    ];

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(304)]
    public void Every_law_holds_after_every_command_and_a_restored_exchange_goes_on_alike(int seed)
    {
        var (venue, traffic) = (IdentityTraffic.Open(), new IdentityTraffic(seed));
        var copy = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()) };
        var (sequence, hash) = (0L, default(Bytes32));
        var (reasons, kinds) = (new HashSet<RejectReason>(), new HashSet<Type>());
        var before = Fingerprint(venue.Exchange);
        for (var i = 1; i <= Commands; i++)
        {
            // Now and then long enough for sessions to end and for signing keys to be forgotten.
            venue.Time = copy.Time = venue.Time + (i % 400 == 0 ? 4_000_000_000 : 100_000);
            var command = traffic.Next(venue);
            venue.Events.Clear();
            copy.Events.Clear();
            var (users, lastRecord) = (venue.Exchange.UserCount, venue.Exchange.LastAuditRecord);
            var reason = venue.Apply(command).Reason;
            copy.Apply(command);

            Assert.Equal(venue.LastResult, copy.LastResult);
            Assert.Equal(venue.Events.All, copy.Events.All);
            Assert.Equal(Records(command, venue), venue.Exchange.LastAuditRecord - lastRecord);
            Assert.Equal(
                venue.Exchange.LastAuditRecord - lastRecord, venue.Events.Of<AuditRecorded>().Count());
            (sequence, hash) = IdentitySoundness.Follow(venue.Exchange, sequence, hash);
            IdentitySoundness.Require(venue.Exchange, IdentityTraffic.Limits);
            var after = Fingerprint(venue.Exchange);
            Assert.Equal(
                before != after || venue.Events.Of<SessionEnded>().Any(),
                venue.Exchange.IdentityIndex == venue.Exchange.AppliedIndex);
            Assert.InRange(venue.Exchange.UserCount, users, users + 1);
            before = after;
            reasons.Add(reason);
            kinds.UnionWith(venue.Events.All.Select(e => e.GetType()));
            if (i % BetweenRestores == 0)
            {
                copy.Exchange = Exchange.ReadSnapshot(copy.Snapshot());
                Assert.Equal(venue.Hash(), copy.Hash());
            }
        }

        RequireVariety(reasons, kinds);
    }

    /// <summary>How many records an applied command must leave.</summary>
    private static long Records(byte[] command, Venue venue)
    {
        var applied = venue.LastApplied;
        if (applied.IsReplay || applied.Reason == RejectReason.MalformedCommand)
        {
            return 0;
        }

        var kind = CommandCodec.KindOf(CommandCodec.Unwrap(command))!.Value;
        return kind == CommandKind.RecordAudit ? (applied.Reason == RejectReason.None ? 1 : 0)
            : kind == CommandKind.RotateSession ? (applied.Reason == RejectReason.None ? 0 : 1)
            : OnRecord.Contains(kind) ? 1 : 0;
    }

    /// <summary>All that a node may keep of users and keys, but for when it changed.</summary>
    private static string Fingerprint(Exchange exchange)
    {
        var text = new StringBuilder();
        foreach (var user in exchange.Users(default, int.MaxValue))
        {
            text.AppendLine($"{user with { Version = 0 }} {exchange.PasswordHashOf(user.Id)}");
            foreach (var key in exchange.ApiKeysOf(user.Id))
            {
                text.AppendLine($"{key} {exchange.SecretHashOf(key.Id)}");
            }
        }

        foreach (var key in exchange.SigningKeys)
        {
            text.AppendLine(key.ToString());
        }

        return text.ToString();
    }

    private static void RequireVariety(HashSet<RejectReason> reasons, HashSet<Type> kinds)
    {
        RejectReason[] wanted =
        [
            RejectReason.BootstrapDone, RejectReason.UserNotFound, RejectReason.UsernameTaken,
            RejectReason.RolesInvalid, RejectReason.UserDisabled, RejectReason.TokenVersionMismatch,
            RejectReason.RefreshReused, RejectReason.RefreshInvalid, RejectReason.LifetimeOutOfRange,
            RejectReason.ApiKeyNotFound, RejectReason.ScopesInvalid, RejectReason.SigningKeyExists,
            RejectReason.SigningKeyNotFound, RejectReason.SameAccount, RejectReason.LimitReached,
            RejectReason.DeadlineExceeded, RejectReason.RequestKeyReused, RejectReason.TextInvalid,
        ];
        Assert.All(wanted, reason => Assert.Contains(reason, reasons));
        Type[] events =
        [
            typeof(UserChanged), typeof(ApiKeyChanged), typeof(SessionOpened), typeof(SessionEnded),
            typeof(SigningKeyChanged), typeof(Transferred), typeof(Trade), typeof(AccountChanged),
        ];
        Assert.All(events, kind => Assert.Contains(kind, kinds));
    }
}
