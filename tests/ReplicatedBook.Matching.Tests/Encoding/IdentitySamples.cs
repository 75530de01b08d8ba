using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>The part of <see cref="Samples"/> that is about users, keys, sessions, the audit and transfers.</summary>
internal static class IdentitySamples
{
    private static readonly UserId Alice = new(70_000);

    public static IReadOnlyList<object> Commands { get; } =
    [
        new Audited("2001:db8::1", Encoded(new Deposit(new AccountId(1), new AssetId(2), new Amount(300), "wire"))),
        new RecordAudit("login", "username:alice", "10.0.0.1", "invalid_credentials"),
        new Bootstrap("root", "AQAAAA=="),
        new CreateUser("alice", "AQAAAB==", Roles.User | Roles.Auditor, true),
        new UpdateUser(Alice, Roles.Operator, false, 300),
        new UpdateUser(Alice, null, null, 0),
        new SetPassword(Alice, "AQAAAC==", 200),
        new UpgradePasswordHash(Alice, 201, "AQAAAD=="),
        new OpenSession(Alice, 202, Fill(1), Fill(2), 2_592_000_000_000),
        new RotateSession(new SessionId(65_536), Fill(1), Fill(2), Fill(3)),
        new EndSessions(Alice, default),
        new CreateApiKey(
            Alice, "bot", Scopes.Read | Scopes.Trade, new Timestamp(1_900_000_000_000_000),
            ["10.0.0.0/8", "2001:db8::/32"], Fill(4)),
        new RevokeApiKey(Alice, new ApiKeyId(255)),
        new AddSigningKey("n1-2026-11", "n1", Fill(5), Fill(6)),
        new RetireSigningKey("n1-2026-11"),
        new Transfer(default, new AccountId(2), new AssetId(3), new Amount(65_535)),
    ];

    public static IReadOnlyList<Action<EventBuffer>> Events { get; } =
    [
        b => b.On(new UserChanged(Alice, "alice", Roles.User | Roles.Auditor, true, 200)),
        b => b.On(new ApiKeyChanged(Alice, new ApiKeyId(255), Scopes.Read, new Timestamp(0), true)),
        b => b.On(new SessionOpened(new SessionId(65_536), Alice, new Timestamp(1_900_000_000_000_000))),
        b => b.On(new SessionEnded(new SessionId(65_536), Alice, SessionEnd.RefreshReused)),
        b => b.On(new SigningKeyChanged("n1-2026-11", "n1", new Timestamp(1_900_000_000_000_000))),
        b => b.On(new AuditRecorded(
            70_001, Alice, "user.create", "username:alice", "10.0.0.1", RejectReason.UsernameTaken, "")),
        b => b.On(new AuditRecorded(1, default, "login", "", "", RejectReason.None, "invalid_credentials")),
        b => b.On(new Transferred(
            new AccountId(1), new AccountId(2), new AssetId(3), new Amount(300), new LedgerId(8), new LedgerId(9))),
    ];

    public static IEnumerable<(string Name, byte[] Bytes)> Results()
    {
        var venue = Open(accounts: 2);
        yield return Sent("user", new CreateUser("alice", "AQAAAA==", Roles.User, true));
        yield return Sent("session", new OpenSession(new UserId(3), 1, Fill(1), Fill(2), Lifetime));
        yield return Sent(
            "api key",
            new CreateApiKey(new UserId(3), "bot", Scopes.Trade, new Timestamp(9_000_000), ["10.0.0.1"], Fill(4)));
        yield return Sent("signing key", new AddSigningKey("k1", "n1", Fill(5), Fill(6)));
        yield return Sent(
            "transfer", new Transfer(new AccountId(1), new AccountId(2), new AssetId(1), new Amount(300)));
        yield return Sent("sessions ended", new EndSessions(new UserId(3), default));
        yield return Sent("same account", new Transfer(new AccountId(1), new AccountId(1), new AssetId(1), default));

        (string, byte[]) Sent(string name, object command)
        {
            venue.Send(command);
            return ($"result {name}", venue.LastResult);
        }
    }

    /// <summary>Users of all roles, one of them disabled, with keys and sessions that came and went, signing keys that
    /// are in use and retired, and more audit records than are kept.</summary>
    public static byte[] Snapshot()
    {
        var venue = Open(accounts: 2, new ExchangeLimits { MaxAuditRecords = 4, MaxSessionsPerUser = 2 });
        venue.Accept(new CreateUser("alice", "AQAAAA==", Roles.Operator | Roles.Auditor, true), Root);
        venue.Accept(new CreateUser("bob", "AQAAAB==", Roles.User, false), Root);
        venue.AddKey(2, Scopes.Read, expiresAt: 900_000_000, label: "first");
        venue.AddKey(2, Scopes.Trade, label: "second", addresses: ["10.0.0.0/8", "::1"]);
        venue.AddKey(2, Scopes.Trade);
        venue.Accept(new RevokeApiKey(new UserId(2), new ApiKeyId(2)), user: 2);
        venue.Login(2, root: 1, current: 2);
        venue.Login(2, root: 3, current: 4);
        venue.Login(2, root: 5, current: 6);
        venue.Login(3, root: 7, current: 8);
        venue.Refresh(2, presented: 4, next: 9, root: 3);
        venue.Accept(new UpdateUser(new UserId(4), null, true, 0), Root);
        venue.Accept(new AddSigningKey("k1", "n1", Fill(10), Fill(11)));
        venue.Accept(new AddSigningKey("k2", "n1", Fill(12), Fill(13)));
        venue.Accept(new RetireSigningKey("k1"));
        venue.Apply(venue.Wrapped(new Deposit(new AccountId(1), new AssetId(1), new Amount(300), "wire"), Root));
        venue.Accept(new RecordAudit("login", "username:mallory", "10.0.0.1", "invalid_credentials"));
        Assert.True(venue.Exchange.FirstAuditRecord > 1);
        return venue.Snapshot();
    }

    private static byte[] Encoded(object command)
    {
        var bytes = new ArrayBufferWriter<byte>();
        AnyCommand.Write(bytes, new CommandHeader(new UserId(12), default, default), command);
        return bytes.WrittenSpan.ToArray();
    }
}
