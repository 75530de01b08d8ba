using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Users, keys, sessions and the audit in snapshots.</content>
public sealed partial class Exchange
{
    private FrozenIdentity FreezeIdentity()
    {
        var (users, keys, sessions) = _users.Freeze();
        return new FrozenIdentity
        {
            IdentityIndex = IdentityIndex,
            IsBootstrapped = IsBootstrapped,
            LastKey = _users.LastKey,
            LastSession = _users.LastSession,
            UserCount = _users.Count,
            Users = users,
            Keys = keys,
            Sessions = sessions,
            SigningKeys = [.. _signingKeys],
            Audit = _audit.Freeze(),
        };
    }

    private void ReadIdentity(ref FieldReader fields)
    {
        IdentityIndex = fields.Integer(0, AppliedIndex);
        IsBootstrapped = fields.Boolean();
        _users.LastKey = fields.Integer(0, long.MaxValue);
        _users.LastSession = fields.Integer(0, long.MaxValue);
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxUsers, "the number of users");
        for (; count > 0; count--)
        {
            ReadUser(ref fields);
        }

        fields.Expect(IsBootstrapped || _users.ActiveAdmins == 0, "an administrator before the first");
        fields.Expect(!IsBootstrapped || _users.ActiveAdmins > 0, "the last administrator");
        ReadSigningKeys(ref fields);
        ReadAudit(ref fields);
    }

    private void ReadUser(ref FieldReader fields)
    {
        var user = IdentityLayout.ReadUser(ref fields);
        fields.Expect(
            user.Version <= IdentityIndex && FindUser(user.Username) == 0, "the name or version of a user");
        var id = _users.Add(in user);
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxApiKeysPerUser, "the number of API keys");
        for (var last = 0L; count > 0; count--)
        {
            var key = IdentityLayout.ReadKey(ref fields, id);
            fields.Expect(
                key.Id > last && key.Id <= _users.LastKey && key.CreatedIndex <= IdentityIndex
                    && _users.FindKey(key.Id) < 0,
                "an API key");
            last = key.Id;
            _users.AddKey(in key);
        }

        count = fields.Array();
        fields.Expect(
            count <= _limits.MaxSessionsPerUser && (count == 0 || !user.IsDisabled), "the sessions of a user");
        for (var last = 0L; count > 0; count--)
        {
            var session = IdentityLayout.ReadSession(ref fields, id);
            fields.Expect(
                session.Id > last && session.Id <= _users.LastSession && session.CreatedAt <= Now.Microseconds
                    && _users.FindSession(session.Id) < 0,
                "a session");
            last = session.Id;
            _users.AddSession(in session);
        }
    }

    private void ReadSigningKeys(ref FieldReader fields)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxSigningKeys, "the number of signing keys");
        for (; count > 0; count--)
        {
            var key = IdentityLayout.ReadSigningKey(ref fields);
            fields.Expect(FindSigningKey(key.Kid) < 0, "the name of a signing key");
            _signingKeys.Add(key);
        }
    }

    /// <summary>Reads the records that are kept, and follows their chain from the hash before the first to that of the
    /// last.</summary>
    private void ReadAudit(ref FieldReader fields)
    {
        var last = fields.Integer(0, long.MaxValue - 1);
        var before = fields.Bytes32();
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxAuditRecords && count <= last, "the number of audit records");
        fields.Expect(count < last || before == default, "the hash before the first audit record");
        _audit.StartBehind(last - count, in before);
        for (; count > 0; count--)
        {
            var record = fields.Bytes();
            fields.Expect(record.Length <= AuditLayout.MaxBytes, "the length of an audit record");
            var view = AuditLayout.Read(record, hash: default);
            fields.Expect(
                view.Sequence == _audit.Last + 1 && view.Index <= AppliedIndex
                    && view.At.Microseconds <= Now.Microseconds,
                "the place of an audit record");
            _audit.Add(record);
        }

        fields.Expect(fields.Bytes32() == _audit.LastHash, "the chain of the audit");
    }
}
