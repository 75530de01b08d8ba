using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Rules of the audit and of commands that are wrapped to say where they came from.</summary>
public sealed class AuditTests
{
    private static readonly Deposit Gift = new(new AccountId(2), new AssetId(Venue.Quote), new Amount(10), "gift");

    [Fact]
    public void A_record_says_who_did_what_to_what_from_where_and_how_it_ended()
    {
        var venue = Open();
        venue.Apply(venue.Wrapped(Gift, Root, "10.1.2.3"));
        var accepted = venue.LastRecord();
        venue.Apply(venue.Wrapped(Gift with { Amount = default }, Root, "::1"));
        var refused = venue.LastRecord();

        Assert.Equal(
            (new UserId(Root), "deposit", "account:2", "10.1.2.3", RejectReason.None, ""),
            (accepted.User, accepted.Action, accepted.Target, accepted.Origin, accepted.Result, accepted.Outcome));
        Assert.Equal((venue.Exchange.AppliedIndex - 1, venue.Time), (accepted.Index, accepted.At.Microseconds));
        Assert.Equal((accepted.Sequence + 1, "::1", RejectReason.AmountNotPositive), (
            refused.Sequence, refused.Origin, refused.Result));
        Assert.Equal(
            new AuditRecorded(
                refused.Sequence, refused.User, refused.Action, refused.Target, "::1", refused.Result, ""),
            venue.Events.Of<AuditRecorded>().Last());
    }

    [Fact]
    public void What_is_wrapped_is_answered_as_if_it_were_not()
    {
        var (plain, wrapped) = (Open(), Open());
        plain.Send(Gift, Root, key: "k1");
        wrapped.Apply(wrapped.Wrapped(Gift, Root, key: "k1"));
        Assert.Equal(plain.LastResult, wrapped.LastResult);
        Assert.Equal(plain.Balance(2, Venue.Quote), wrapped.Balance(2, Venue.Quote));

        // A retry is recognised whichever way it comes, and leaves no second record.
        var records = wrapped.Exchange.LastAuditRecord;
        wrapped.Send(Gift, Root, key: "k1");
        Assert.True(wrapped.LastApplied.IsReplay);
        wrapped.Apply(wrapped.Wrapped(Gift, Root, "elsewhere", key: "k1"));
        Assert.True(wrapped.LastApplied.IsReplay);
        Assert.Equal(records, wrapped.Exchange.LastAuditRecord);
        Assert.Equal(
            RejectReason.DeadlineExceeded,
            wrapped.Apply(wrapped.Wrapped(Gift, Root, deadline: wrapped.Time - 1)).Reason);
        Assert.Equal(RejectReason.DeadlineExceeded, wrapped.LastRecord().Result);
    }

    [Fact]
    public void A_wrapped_command_that_is_not_put_on_record_leaves_none()
    {
        var venue = Open();
        var records = venue.Exchange.LastAuditRecord;
        var outcome = venue.Apply(venue.Wrapped(Venue.Order(2, Side.Buy, 5, 1), user: 2));
        Assert.Equal((OrderStatus.Open, records), (outcome.Order!.Status, venue.Exchange.LastAuditRecord));
    }

    [Fact]
    public void Wrappers_that_are_not_as_written_are_malformed_and_leave_no_trace()
    {
        var venue = Open();
        var inner = venue.Bytes(Gift, Root);
        var before = SnapshotParts.WithoutPosition(venue.Snapshot());
        byte[][] wrong =
        [
            venue.Bytes(new Audited("::1", inner), user: 2), // Of another user.
            venue.Bytes(new Audited("::1", inner), Root, key: "k1"),
            venue.Bytes(new Audited("::1", inner), Root, deadline: 9_000_000),
            venue.Bytes(new Audited("line\nfeed", inner), Root),
            venue.Bytes(new Audited(new string('a', 65), inner), Root),
            venue.Bytes(new Audited("::1", venue.Wrapped(Gift, Root)), Root), // In another wrapper.
            venue.Bytes(new Audited("::1", inner[..^1]), Root),
            venue.Bytes(new Audited("::1", ReadOnlyMemory<byte>.Empty), Root),
        ];
        foreach (var command in wrong)
        {
            Assert.Equal(RejectReason.MalformedCommand, venue.Apply(command).Reason);
            Assert.Equal(before, SnapshotParts.WithoutPosition(venue.Snapshot()));
        }
    }

    [Fact]
    public void A_wrapped_command_is_unwrapped_and_its_secret_is_known_of()
    {
        var venue = Open();
        var gift = venue.Bytes(Gift, Root);
        Assert.Equal(gift, CommandCodec.Unwrap(venue.Wrapped(Gift, Root)).ToArray());
        Assert.Equal(gift, CommandCodec.Unwrap(gift).ToArray());
        Assert.Equal([1, 2], CommandCodec.Unwrap([1, 2]).ToArray());
        Assert.Throws<ArgumentException>(
            () => CommandCodec.WriteAudited(new System.Buffers.ArrayBufferWriter<byte>(), "", [1, 2]));

        object[] secret =
        [
            new Bootstrap("root", "h"), new CreateUser("alice", "h", Roles.User, true),
            new SetPassword(new UserId(2), "h", 0), new UpgradePasswordHash(new UserId(2), 1, "h"),
            new OpenSession(new UserId(2), 1, Fill(1), Fill(2), Lifetime),
            new RotateSession(new SessionId(1), Fill(1), Fill(2), Fill(3)),
            new CreateApiKey(new UserId(2), "", Scopes.Read, default, [], Fill(1)),
        ];
        Assert.All(secret, command => Assert.True(CommandCodec.HasSecret(venue.Bytes(command))));
        Assert.All(secret, command => Assert.True(CommandCodec.HasSecret(venue.Wrapped(command))));
        Assert.True(CommandCodec.HasSecret(venue.Bytes(new Audited("", venue.Wrapped(secret[0])))));
        Assert.False(CommandCodec.HasSecret(venue.Wrapped(Gift)));
        Assert.False(CommandCodec.HasSecret([1, 2]));
    }

    [Fact]
    public void What_happened_outside_of_the_log_can_be_put_on_record()
    {
        var venue = Open();
        venue.Accept(new RecordAudit("login", "username:mallory", "10.0.0.9", "invalid_credentials"));
        var record = venue.LastRecord();
        Assert.Equal(
            (new UserId(0), "login", "username:mallory", "10.0.0.9", RejectReason.None, "invalid_credentials"),
            (record.User, record.Action, record.Target, record.Origin, record.Result, record.Outcome));

        var longest = new RecordAudit(
            new string('a', 64), new string('t', 96), new string('o', 64), new string('r', 64));
        venue.Accept(longest);
        RecordAudit[] wrong =
        [
            longest with { Action = "" }, longest with { Action = new string('a', 65) },
            longest with { Target = new string('a', 97) }, longest with { Origin = new string('a', 65) },
            longest with { Outcome = new string('a', 65) }, longest with { Target = "a\nb" },
        ];
        var last = venue.Exchange.LastAuditRecord;
        Assert.All(wrong, command => Assert.Equal(RejectReason.TextInvalid, venue.Send(command).Reason));
        Assert.Equal(last, venue.Exchange.LastAuditRecord);
    }

    [Fact]
    public void Only_the_newest_records_are_kept_and_the_chain_goes_on()
    {
        var venue = Open(limits: new ExchangeLimits { MaxAuditRecords = 5 });
        var (sequence, hash) = IdentitySoundness.Follow(venue.Exchange, 0, default);
        for (var i = 0; i < 20; i++)
        {
            venue.Send(Gift, Root);
            (sequence, hash) = IdentitySoundness.Follow(venue.Exchange, sequence, hash);
        }

        Assert.Equal((sequence - 4, 5), (venue.Exchange.FirstAuditRecord, venue.Audit().Count));
        var restored = Exchange.ReadSnapshot(venue.Snapshot());
        Assert.Equal(venue.Audit(), restored.AuditRecords(new AuditQuery { Limit = 9, OldestFirst = true }));
    }

    [Fact]
    public void Records_are_found_by_place_user_and_action()
    {
        var venue = Open();
        var start = venue.Exchange.LastAuditRecord;
        venue.Send(Gift, Root);
        venue.Send(Gift, user: 2);
        venue.Login(2);
        venue.Send(Gift, Root);

        Assert.Equal([4L, 3L, 2L, 1L], Found(new AuditQuery { Limit = 9, After = start }));
        Assert.Equal([2L, 3L], Found(new AuditQuery { Limit = 2, After = start + 1, OldestFirst = true }));
        Assert.Equal([2L, 1L], Found(new AuditQuery { Limit = 9, After = start, Before = start + 3 }));
        Assert.Equal([4L, 1L], Found(new AuditQuery { Limit = 9, After = start, User = new UserId(Root) }));
        Assert.Equal([3L], Found(new AuditQuery { Limit = 9, After = start, Action = "login" }));
        Assert.Equal([4L], Found(new AuditQuery { Limit = 1, Action = "deposit", User = new UserId(Root) }));
        Assert.Empty(Found(new AuditQuery { Limit = 9, Action = "depos" }));
        Assert.Empty(Found(new AuditQuery { Limit = 9, After = long.MaxValue - 1 }));

        IEnumerable<long> Found(AuditQuery query) =>
            venue.Exchange.AuditRecords(query).Select(record => record.Sequence - start);
    }

    [Fact]
    public void Below_the_level_nothing_is_on_record()
    {
        var venue = Venue.Trading();
        venue.Accept(new SetFeatureLevel(FeatureLevels.BettingMarkets));
        Assert.Equal(RejectReason.FeatureDisabled, venue.Send(new RecordAudit("login", "", "", "")).Reason);
        Assert.Equal(RejectReason.FeatureDisabled, venue.Apply(venue.Wrapped(Gift)).Reason);
        venue.Accept(Gift);
        Assert.Equal(0, venue.Exchange.LastAuditRecord);
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        Assert.Equal(0, venue.Exchange.LastAuditRecord);
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        Assert.Equal(("feature_level.set", "level:6"), (venue.LastRecord().Action, venue.LastRecord().Target));
    }
}
