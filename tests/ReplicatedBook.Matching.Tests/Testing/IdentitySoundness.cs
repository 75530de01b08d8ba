using System.Buffers;
using System.Security.Cryptography;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What must hold of users, keys, sessions and the audit after every command.</summary>
internal static class IdentitySoundness
{
    public static void Require(Exchange exchange, ExchangeLimits limits)
    {
        var users = exchange.Users(default, int.MaxValue);
        Assert.Equal(exchange.UserCount, users.Count);
        Assert.Equal(users.Count, users.Select(user => user.Username).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            exchange.IsBootstrapped,
            users.Any(user => !user.IsDisabled && user.Roles.HasFlag(Roles.Admin)));
        Assert.True(exchange.IdentityIndex <= exchange.AppliedIndex);
        foreach (var (user, position) in users.Select((user, i) => (user, i)))
        {
            Assert.Equal(position + 1, user.Id.Value);
            Assert.Equal(user, exchange.UserByName(user.Username));
            Assert.InRange(user.Version, user.CreatedIndex, exchange.IdentityIndex);
            Assert.InRange(user.Roles, Roles.Admin, (Roles)15);
            RequireOwned(exchange, user, limits);
        }

        var kids = exchange.SigningKeys.Select(key => key.Kid).ToList();
        Assert.InRange(kids.Count, 0, limits.MaxSigningKeys);
        Assert.Equal(kids.Count, kids.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Follows the chain over the records that are new, each encoded anew.</summary>
    /// <param name="exchange">Whose.</param>
    /// <param name="after">Sequence of the last record that was followed.</param>
    /// <param name="hash">Its hash; zeros for none.</param>
    /// <returns>Sequence and hash of the newest.</returns>
    public static (long Sequence, Bytes32 Hash) Follow(Exchange exchange, long after, Bytes32 hash)
    {
        var records = exchange.AuditRecords(
            new AuditQuery { Limit = int.MaxValue, After = after, OldestFirst = true });
        foreach (var record in records)
        {
            Assert.Equal(++after, record.Sequence);
            hash = new Bytes32(SHA256.HashData([.. hash.ToArray(), .. Encode(record)]));
            Assert.Equal(hash, record.Hash);
        }

        Assert.Equal(exchange.LastAuditRecord, after);
        return (after, hash);
    }

    private static void RequireOwned(Exchange exchange, UserView user, ExchangeLimits limits)
    {
        var keys = exchange.ApiKeysOf(user.Id);
        Assert.InRange(keys.Count, 0, limits.MaxApiKeysPerUser);
        Assert.Equal(keys.Select(key => key.Id).Order(), keys.Select(key => key.Id));
        foreach (var key in keys)
        {
            Assert.Equal(user.Id, key.User);
            Assert.Equal(key.Id, exchange.ApiKeyById(key.Id)!.Id);
            Assert.NotNull(exchange.SecretHashOf(key.Id));
        }

        var sessions = exchange.SessionsOf(user.Id);
        Assert.InRange(sessions.Count, 0, user.IsDisabled ? 0 : limits.MaxSessionsPerUser);
        Assert.Equal(sessions.Select(session => session.Id).Order(), sessions.Select(session => session.Id));
        foreach (var session in sessions)
        {
            Assert.Equal(user.Id, session.User);
            Assert.Equal(session, exchange.SessionById(session.Id));
            Assert.True(session.ExpiresAt.Microseconds > exchange.Now.Microseconds);
        }
    }

    private static byte[] Encode(AuditView record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        writer.WriteArrayHeader(10);
        writer.WriteInteger(1);
        writer.WriteInteger(record.Sequence);
        writer.WriteInteger(record.Index);
        writer.WriteInteger(record.At.Microseconds);
        writer.WriteInteger(record.User.Value);
        writer.WriteText(record.Action);
        writer.WriteText(record.Target);
        writer.WriteText(record.Origin);
        writer.WriteInteger((long)record.Result);
        writer.WriteText(record.Outcome);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
