using System.Buffers;
using System.Globalization;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Clients;

/// <content>Users, their keys and sessions, transfers and the audit. The users of the first numbers are the clients
/// themselves, so that what happens to one also meets orders and sessions of orders.</content>
internal sealed partial class Workload
{
    private const int Usernames = 12;
    private const int SigningKeys = 4;
    private const int WrappedPerMille = 300;

    /// <summary>One request about users.</summary>
    /// <param name="number">Of the operation, from 1.</param>
    /// <param name="known">What was committed; who asks has read it, and others may be faster.</param>
    /// <param name="accounts">Accounts that are known to exist.</param>
    /// <param name="deadline">In microseconds of cluster time; 0 for none.</param>
    /// <param name="chance">Decides what it is.</param>
    public ClientRequest Identity(
        int number, Exchange known, IReadOnlyList<AccountId> accounts, long deadline, RandomStream chance)
    {
        var group = NewGroup("o", number, deadline);
        var hash = string.Create(CultureInfo.InvariantCulture, $"hash {client}-{number}");
        if (!known.IsBootstrapped)
        {
            return MakeOnRecord(group, chance, (destination, header) =>
                CommandCodec.Write(destination, header, new Bootstrap("root", hash)));
        }

        var user = new UserId(chance.Between(1, known.UserCount));
        var kid = string.Create(CultureInfo.InvariantCulture, $"kid-{chance.Number(1, SigningKeys)}");
        return chance.Number(0, 99) switch
        {
            < 12 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new CreateUser(
                    string.Create(CultureInfo.InvariantCulture, $"user-{chance.Number(1, Usernames)}"), hash,
                    (Roles)chance.Number(1, 15), chance.Chance(100)))),
            < 22 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new UpdateUser(
                    user, chance.Chance(300) ? (Roles)chance.Number(1, 15) : null,
                    chance.Chance(600) ? chance.Chance(300) : null,
                    chance.Chance(300) ? known.UserById(user)!.Version : 0))),
            < 64 => OfUser(group, user, hash, known, chance),
            < 72 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new CreateApiKey(
                    user, "key", (Scopes)chance.Number(1, 3),
                    chance.Chance(500) ? default : new Timestamp(known.Now.Microseconds + 5_000_000), ["10.0.0.0/8"],
                    Secret(chance.Number(0, 9))))),
            < 77 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new RevokeApiKey(
                    user, known.ApiKeysOf(user) is { Count: > 0 } keys
                        ? keys[chance.Position(keys.Count)].Id
                        : new ApiKeyId(1)))),
            < 81 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new AddSigningKey(kid, "n1", Secret(1), Secret(2)))),
            < 84 => MakeOnRecord(group, chance, (destination, header) =>
                CommandCodec.Write(destination, header, new RetireSigningKey(kid))),
            < 94 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new Transfer(
                    Account, accounts[chance.Position(accounts.Count)], chance.Chance(500) ? Base : Quote,
                    new Amount(chance.Between(0, 1_000))))),
            _ => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new RecordAudit(
                    chance.Chance(100) ? "" : "login", hash, "::1", "invalid_credentials"))),
        };
    }

    /// <summary>Passwords, logins and what follows from them, most of it with the token version of now; of the two
    /// secrets that a refresh token may have, one ends its session.</summary>
    private ClientRequest OfUser(
        RequestGroup group, UserId user, string hash, Exchange known, RandomStream chance)
    {
        var token = chance.Chance(100) ? 1 : known.UserById(user)!.TokenVersion;
        var session = known.SessionsOf(user) is { Count: > 0 } open
            ? open[chance.Position(open.Count)].Id
            : new SessionId(1);
        return chance.Number(0, 9) switch
        {
            0 or 1 => MakeOnRecord(group, chance, (destination, header) =>
                CommandCodec.Write(destination, header, new SetPassword(user, hash, token))),
            2 => MakeOnRecord(group, chance, (destination, header) =>
                CommandCodec.Write(destination, header, new UpgradePasswordHash(user, token, hash))),
            3 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new EndSessions(user, chance.Chance(500) ? default : session))),
            < 7 => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new OpenSession(
                    user, token, Secret(1), Secret(chance.Number(2, 3)),
                    chance.Between(1, 20) * OpenSession.MinLifetime))),
            _ => MakeOnRecord(group, chance, (destination, header) => CommandCodec.Write(
                destination, header, new RotateSession(
                    session, Secret(1), Secret(chance.Number(2, 3)), Secret(chance.Number(2, 3))))),
        };
    }

    /// <summary>Some say where they came from, as all do that a node takes from outside.</summary>
    private static ClientRequest MakeOnRecord(
        RequestGroup group, RandomStream chance, Action<IBufferWriter<byte>, CommandHeader> write)
    {
        var request = Make(group, write);
        if (!chance.Chance(WrappedPerMille))
        {
            return request;
        }

        var destination = new ArrayBufferWriter<byte>();
        CommandCodec.WriteAudited(destination, "10.0.0.1", request.Command);
        return new ClientRequest(group, destination.WrittenSpan.ToArray());
    }

    private static Bytes32 Secret(int value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        bytes.Fill((byte)value);
        return new Bytes32(bytes);
    }
}
