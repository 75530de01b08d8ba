using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>Reading users, keys, sessions and the audit. Everything returned is a copy that stays as it is.</content>
public sealed partial class Exchange
{
    /// <summary>How many users there are; their ids are 1 to this number.</summary>
    public long UserCount => _users.Count;

    /// <summary>All signing keys, the retired among them, in order of becoming known.</summary>
    public IReadOnlyList<SigningKeyView> SigningKeys => _signingKeys.ConvertAll(key => new SigningKeyView(
        key.Kid, key.Node, key.X, key.Y, new Timestamp(key.AddedAt), TimeOrNull(key.RetiredAt)));

    /// <summary>Sequence of the oldest audit record kept; that of the next one when none is.</summary>
    public long FirstAuditRecord => _audit.First;

    /// <summary>Sequence of the newest audit record; 0 before the first.</summary>
    public long LastAuditRecord => _audit.Last;

    /// <summary>A user; null when there is none.</summary>
    public UserView? UserById(UserId id) => _users.Has(id.Value) ? UserView((int)id.Value) : null;

    /// <summary>A user by name, which is looked for as it stands; null when there is none.</summary>
    public UserView? UserByName(string username) => FindUser(username) is not 0 and var id ? UserView(id) : null;

    /// <summary>What a node made of a user's password; null when there is no such user. For verifying only: it is shown
    /// to nobody.</summary>
    public string? PasswordHashOf(UserId id) => _users.Has(id.Value) ? _users[(int)id.Value].PasswordHash : null;

    /// <summary>Users in order of id.</summary>
    /// <param name="after">Only those of a higher id.</param>
    /// <param name="limit">Most users.</param>
    public IReadOnlyList<UserView> Users(UserId after, int limit)
    {
        var views = new List<UserView>();
        for (var id = Math.Max(after.Value, 0) + 1; id <= _users.Count && views.Count < limit; id++)
        {
            views.Add(UserView((int)id));
        }

        return views;
    }

    /// <summary>A user's accounts in order of id; those of user 0 are the local user's.</summary>
    public IReadOnlyList<AccountId> AccountsOf(UserId user)
    {
        var ids = new List<AccountId>();
        for (var id = _ledger.LastAccountOf(user.Value); id != 0; id = _ledger.Details(id).PreviousOfUser)
        {
            ids.Add(new AccountId(id));
        }

        ids.Reverse();
        return ids;
    }

    /// <summary>An API key; null when there is none or it was revoked.</summary>
    public ApiKeyView? ApiKeyById(ApiKeyId id) =>
        _users.FindKey(id.Value) is >= 0 and var slot ? ViewOf(in _users.Key(slot)) : null;

    /// <summary>SHA-256 of an API key's secret; null when there is no such key. For verifying only: it is shown to
    /// nobody.</summary>
    public Bytes32? SecretHashOf(ApiKeyId id) =>
        _users.FindKey(id.Value) is >= 0 and var slot ? _users.Key(slot).SecretHash : null;

    /// <summary>A user's API keys that are not revoked, in order of id; empty when there is no such user.</summary>
    public IReadOnlyList<ApiKeyView> ApiKeysOf(UserId user)
    {
        var views = new List<ApiKeyView>();
        var slot = _users.Has(user.Value) ? _users[(int)user.Value].Keys.First : -1;
        for (; slot >= 0; slot = _users.Key(slot).Next)
        {
            views.Add(ViewOf(in _users.Key(slot)));
        }

        return views;
    }

    /// <summary>A session; null when there is none or it is over.</summary>
    public SessionView? SessionById(SessionId id) =>
        _users.FindSession(id.Value) is >= 0 and var slot && !IsSessionOver(slot) ? SessionView(slot) : null;

    /// <summary>SHA-256 of the secret that all refresh tokens of a session share; null when there is no such session or
    /// it is over. For verifying only: it is shown to nobody.</summary>
    public Bytes32? RootHashOf(SessionId id) =>
        _users.FindSession(id.Value) is >= 0 and var slot && !IsSessionOver(slot)
            ? _users.Session(slot).RootHash
            : null;

    /// <summary>A user's sessions that are not over, in order of id; empty when there is no such user.</summary>
    public IReadOnlyList<SessionView> SessionsOf(UserId user)
    {
        var views = new List<SessionView>();
        var slot = _users.Has(user.Value) ? _users[(int)user.Value].Sessions.First : -1;
        for (; slot >= 0; slot = _users.Session(slot).Next)
        {
            if (!IsSessionOver(slot))
            {
                views.Add(SessionView(slot));
            }
        }

        return views;
    }

    /// <summary>Audit records that are kept.</summary>
    public IReadOnlyList<AuditView> AuditRecords(AuditQuery query)
    {
        var views = new List<AuditView>();
        Span<byte> room = stackalloc byte[AuditLayout.MaxBytes];
        var action = System.Text.Encoding.UTF8.GetBytes(query.Action ?? "");
        var (first, last) = (Math.Max(_audit.First, query.After + 1), Math.Min(_audit.Last, query.Before - 1));
        for (var i = 0L; i <= last - first && views.Count < query.Limit; i++)
        {
            var sequence = query.OldestFirst ? first + i : last - i;
            var record = room[.._audit.LengthOf(sequence)];
            _audit.CopyTo(sequence, record);
            if (AuditLayout.Matches(record, query.User, action))
            {
                views.Add(AuditLayout.Read(record, _audit.HashOf(sequence)));
            }
        }

        return views;
    }

    private static ApiKeyView ViewOf(in ApiKey key) => new(
        new ApiKeyId(key.Id), new UserId(key.User), key.Label, key.Scopes, TimeOrNull(key.ExpiresAt),
        [.. key.AllowedAddresses], key.CreatedIndex, new Timestamp(key.CreatedAt));

    private int FindUser(string username) =>
        System.Text.Ascii.IsValid(username) ? _users.Find(System.Text.Encoding.ASCII.GetBytes(username)) : 0;

    private UserView UserView(int id)
    {
        ref readonly var user = ref _users[id];
        return new UserView(
            new UserId(id), user.Username, user.Roles, user.IsDisabled, user.TokenVersion, user.Version,
            user.CreatedIndex, new Timestamp(user.CreatedAt));
    }

    private SessionView SessionView(int slot)
    {
        ref readonly var session = ref _users.Session(slot);
        return new SessionView(
            new SessionId(session.Id), new UserId(session.User), new Timestamp(session.ExpiresAt),
            new Timestamp(session.CreatedAt));
    }
}
