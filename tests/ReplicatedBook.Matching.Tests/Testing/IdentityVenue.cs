using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A venue with users and a short way to say their commands.</summary>
internal static class IdentityVenue
{
    public const int Root = 1;
    public const long Lifetime = 10_000_000;

    /// <summary>A spot market with accounts 1 to <paramref name="accounts"/> of the users of the same number, of whom
    /// the first is the administrator <c>root</c> and the others are <c>user-2</c> and so on.</summary>
    public static Venue Open(int accounts = 3, ExchangeLimits? limits = null)
    {
        var venue = Venue.Trading(accounts, limits: limits);
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        venue.Accept(new Bootstrap("root", "hash of root"));
        for (var user = 2; user <= accounts; user++)
        {
            venue.Accept(new CreateUser($"user-{user}", $"hash of {user}", Roles.User, false), Root);
        }

        venue.Events.Clear();
        return venue;
    }

    /// <summary>32 times the same byte.</summary>
    public static Bytes32 Fill(int value) => new(Enumerable.Repeat((byte)value, Bytes32.Size).ToArray());

    public static UserView User(this Venue venue, long id) => venue.Exchange.UserById(new UserId(id))!;

    public static CommandOutcome Login(
        this Venue venue, int user, int root = 1, int current = 2, long lifetime = Lifetime) =>
        venue.Send(new OpenSession(
            new UserId(user), venue.User(user).TokenVersion, Fill(root), Fill(current), lifetime));

    public static CommandOutcome Refresh(this Venue venue, long session, int presented, int next, int root = 1) =>
        venue.Send(new RotateSession(new SessionId(session), Fill(root), Fill(presented), Fill(next)));

    public static CommandOutcome AddKey(
        this Venue venue, int user, Scopes scopes = Scopes.Read, long expiresAt = 0, string label = "",
        params string[] addresses) => venue.Send(
            new CreateApiKey(new UserId(user), label, scopes, new Timestamp(expiresAt), addresses, Fill(7)), user);

    /// <summary>A command as a node sends it that says where it came from.</summary>
    public static byte[] Wrapped(
        this Venue venue, object command, int user = 0, string origin = "10.0.0.1", string key = "",
        long deadline = 0)
    {
        var bytes = new ArrayBufferWriter<byte>();
        CommandCodec.WriteAudited(bytes, origin, venue.Bytes(command, user, key, deadline));
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>All audit records, oldest first.</summary>
    public static IReadOnlyList<AuditView> Audit(this Venue venue) =>
        venue.Exchange.AuditRecords(new AuditQuery { Limit = int.MaxValue, OldestFirst = true });

    /// <summary>The newest audit record.</summary>
    public static AuditView LastRecord(this Venue venue) =>
        venue.Exchange.AuditRecords(new AuditQuery { Limit = 1 }).Single();
}
