using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Users. Who may do what to whom is decided outside; what must hold whoever asks is decided here.</content>
public sealed partial class Exchange
{
    private readonly UserTable _users = new();

    /// <summary>Whether there is an administrator who is enabled: once there was one, there always is.</summary>
    public bool IsBootstrapped { get; private set; }

    /// <summary>Log index of the last change of a user, an API key or a signing key, or of the last end of a session;
    /// 0 before the first. Sessions that begin or go on and audit records do not count.</summary>
    public long IdentityIndex { get; private set; }

    private RejectReason ApplyIdentity(
        CommandKind kind, in Envelope header, ref MessagePackReader reader, RejectReason barred) => kind switch
        {
            CommandKind.RecordAudit => ApplyRecordAudit(in header, ref reader, barred),
            CommandKind.Bootstrap => ApplyBootstrap(ref reader, barred),
            CommandKind.CreateUser => ApplyCreateUser(ref reader, barred),
            CommandKind.UpdateUser => ApplyUpdateUser(ref reader, barred),
            CommandKind.SetPassword => ApplySetPassword(ref reader, barred),
            CommandKind.UpgradePasswordHash => ApplyUpgradePasswordHash(ref reader, barred),
            CommandKind.OpenSession => ApplyOpenSession(ref reader, barred),
            CommandKind.RotateSession => ApplyRotateSession(ref reader, barred),
            CommandKind.EndSessions => ApplyEndSessions(ref reader, barred),
            CommandKind.CreateApiKey => ApplyCreateApiKey(ref reader, barred),
            CommandKind.RevokeApiKey => ApplyRevokeApiKey(ref reader, barred),
            CommandKind.AddSigningKey => ApplyAddSigningKey(ref reader, barred),
            CommandKind.RetireSigningKey => ApplyRetireSigningKey(ref reader, barred),
            _ => ApplyTransfer(in header, ref reader, barred),
        };

    /// <summary>Checked in this order: BootstrapDone, UsernameInvalid, PasswordHashInvalid, UsernameTaken,
    /// LimitReached.</summary>
    private RejectReason ApplyBootstrap(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadBootstrap(ref reader, out var name, out var passwordHash))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        const Roles First = Roles.Admin | Roles.User;
        var reason = barred != RejectReason.None ? barred
            : IsBootstrapped ? RejectReason.BootstrapDone
            : CheckUser(name, passwordHash, First, opensAccount: false);
        return reason == RejectReason.None ? AddUser(name, passwordHash, First, opensAccount: false) : Refuse(reason);
    }

    /// <summary>Checked in this order: UsernameInvalid, PasswordHashInvalid, RolesInvalid, UsernameTaken,
    /// LimitReached.</summary>
    private RejectReason ApplyCreateUser(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadUser(
            ref reader, out var name, out var passwordHash, out var roles, out var opensAccount))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred != RejectReason.None ? barred : CheckUser(name, passwordHash, roles, opensAccount);
        return reason == RejectReason.None ? AddUser(name, passwordHash, roles, opensAccount) : Refuse(reason);
    }

    private RejectReason CheckUser(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> passwordHash, Roles roles, bool opensAccount) =>
        !TextRules.IsUsername(name) ? RejectReason.UsernameInvalid
            : !TextRules.IsPasswordHash(passwordHash) ? RejectReason.PasswordHashInvalid
            : !IdentityRules.AreValid(roles) ? RejectReason.RolesInvalid
            : _users.Find(name) != 0 ? RejectReason.UsernameTaken
            : _users.Count >= _limits.MaxUsers || (opensAccount && _ledger.AccountCount >= _limits.MaxAccounts)
                ? RejectReason.LimitReached
            : RejectReason.None;

    private RejectReason AddUser(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> passwordHash, Roles roles, bool opensAccount)
    {
        var id = _users.Add(new User
        {
            Username = System.Text.Encoding.ASCII.GetString(name),
            PasswordHash = System.Text.Encoding.ASCII.GetString(passwordHash),
            Roles = roles,
            TokenVersion = 1,
            CreatedIndex = AppliedIndex,
            CreatedAt = Now.Microseconds,
        });
        IsBootstrapped |= _users.ActiveAdmins > 0;
        Changed(id);
        var account = 0;
        if (opensAccount)
        {
            account = _ledger.AddAccount(id, "", AppliedIndex, Now.Microseconds);
            _events.On(new AccountChanged(new AccountId(account), new UserId(id)));
        }

        return AnswerUser(id, account);
    }

    /// <summary>Checked in this order: UserNotFound, VersionMismatch, RolesInvalid, LastAdmin. What changes nothing is
    /// accepted.</summary>
    private RejectReason ApplyUpdateUser(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out UpdateUser command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !_users.Has(command.User.Value))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.UserNotFound);
        }

        var id = (int)command.User.Value;
        ref readonly var user = ref _users[id];
        var roles = command.Roles ?? user.Roles;
        var isDisabled = command.IsDisabled ?? user.IsDisabled;
        var isActiveAdmin = !isDisabled && (roles & Roles.Admin) != 0;
        var reason = command.ExpectedVersion != 0 && command.ExpectedVersion != user.Version
                ? RejectReason.VersionMismatch
            : !IdentityRules.AreValid(roles) ? RejectReason.RolesInvalid
            : user.IsActiveAdmin && !isActiveAdmin && _users.ActiveAdmins == 1 ? RejectReason.LastAdmin
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        if (roles != user.Roles || isDisabled != user.IsDisabled)
        {
            Allow(id, roles, isDisabled);
        }

        return AnswerUser(id, account: 0);
    }

    private void Allow(int id, Roles roles, bool isDisabled)
    {
        ref readonly var user = ref _users[id];
        var isShutOut = isDisabled && !user.IsDisabled;
        var endsTokens = isShutOut || roles != user.Roles;
        _users.Allow(id, roles, isDisabled);
        IsBootstrapped |= _users.ActiveAdmins > 0;
        if (endsTokens)
        {
            _users.Edit(id).TokenVersion++;
        }

        Changed(id);
        if (isShutOut)
        {
            EndSessionsOf(id, SessionEnd.UserDisabled);
            EndOrderSessionsOf(id);
        }
    }

    /// <summary>Checked in this order: UserNotFound, PasswordHashInvalid, TokenVersionMismatch.</summary>
    private RejectReason ApplySetPassword(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadPassword(ref reader, out var user, out var passwordHash, out var tokenVersion))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred != RejectReason.None
            ? barred
            : CheckPassword(user, passwordHash, tokenVersion, isAnyVersion: tokenVersion == 0);
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        ref var changed = ref _users.Edit((int)user);
        changed.PasswordHash = System.Text.Encoding.ASCII.GetString(passwordHash);
        changed.TokenVersion++;
        Changed((int)user);
        EndSessionsOf((int)user, SessionEnd.PasswordChanged);
        return AnswerUser((int)user, account: 0);
    }

    /// <summary>Checked in this order: UserNotFound, PasswordHashInvalid, TokenVersionMismatch. The same hash once more
    /// changes nothing.</summary>
    private RejectReason ApplyUpgradePasswordHash(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadUpgrade(ref reader, out var user, out var passwordHash, out var tokenVersion))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred != RejectReason.None
            ? barred
            : CheckPassword(user, passwordHash, tokenVersion, isAnyVersion: false);
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        if (!System.Text.Ascii.Equals(passwordHash, _users[(int)user].PasswordHash))
        {
            _users.Edit((int)user).PasswordHash = System.Text.Encoding.ASCII.GetString(passwordHash);
            Changed((int)user);
        }

        return AnswerUser((int)user, account: 0);
    }

    private RejectReason CheckPassword(
        long user, ReadOnlySpan<byte> passwordHash, int tokenVersion, bool isAnyVersion) =>
        !_users.Has(user) ? RejectReason.UserNotFound
            : !TextRules.IsPasswordHash(passwordHash) ? RejectReason.PasswordHashInvalid
            : !isAnyVersion && _users[(int)user].TokenVersion != tokenVersion ? RejectReason.TokenVersionMismatch
            : RejectReason.None;

    /// <summary>Notes and tells that a user has changed.</summary>
    private void Changed(int id)
    {
        ref var user = ref _users.Edit(id);
        user.Version = AppliedIndex;
        IdentityIndex = AppliedIndex;
        _events.On(new UserChanged(
            new UserId(id), user.Username, user.Roles, user.IsDisabled, user.TokenVersion));
    }

    private RejectReason AnswerUser(int id, int account)
    {
        var packed = new PackedSpan(_answer.Reserve(IdentityResultLayout.MaxBytes));
        IdentityResultLayout.User(ref packed, id, in _users[id], account);
        _answer.Advance(packed.Length);
        return RejectReason.None;
    }
}
