using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <content>Words of users, keys and sessions.</content>
internal static partial class EnumText
{
    /// <summary>All roles, in the order in which they are shown.</summary>
    public const string AllRoles = "admin, operator, auditor, user";

    /// <summary>All scopes, in the order in which they are shown.</summary>
    public const string AllScopes = "read, trade";

    private static readonly (Roles Role, string Word)[] RoleWords =
    [
        (Roles.Admin, "admin"), (Roles.Operator, "operator"), (Roles.Auditor, "auditor"), (Roles.User, "user"),
    ];

    private static readonly (Scopes Scope, string Word)[] ScopeWords = [(Scopes.Read, "read"), (Scopes.Trade, "trade")];

    public static IReadOnlyList<string> WordsOf(Roles roles) =>
        [.. RoleWords.Where(known => roles.HasFlag(known.Role)).Select(known => known.Word)];

    public static IReadOnlyList<string> WordsOf(Scopes scopes) =>
        [.. ScopeWords.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Word)];

    /// <summary>The role of a word; null for any other word.</summary>
    public static Roles? ToRole(string text) =>
        RoleWords.FirstOrDefault(known => known.Word == text) is { Word: not null } found ? found.Role : null;

    /// <summary>The scope of a word; null for any other word.</summary>
    public static Scopes? ToScope(string text) =>
        ScopeWords.FirstOrDefault(known => known.Word == text) is { Word: not null } found ? found.Scope : null;

    public static string Of(SessionEnd reason) => reason switch
    {
        SessionEnd.Logout => "logout",
        SessionEnd.Expired => "expired",
        SessionEnd.Displaced => "displaced",
        SessionEnd.RefreshReused => "refresh_reused",
        SessionEnd.PasswordChanged => "password_changed",
        _ => "user_disabled",
    };

    public static string Of(OrderSessionChange change) => change switch
    {
        OrderSessionChange.Opened => "opened",
        OrderSessionChange.Closed => "closed",
        OrderSessionChange.LeaseExpired => "lease_expired",
        OrderSessionChange.NodeRestarted => "node_restarted",
        _ => "user_disabled",
    };

    private static string OfIdentity(CommandKind kind) => kind switch
    {
        CommandKind.Audited => "audited",
        CommandKind.RecordAudit => "record_audit",
        CommandKind.Bootstrap => "bootstrap",
        CommandKind.CreateUser => "create_user",
        CommandKind.UpdateUser => "update_user",
        CommandKind.SetPassword => "set_password",
        CommandKind.UpgradePasswordHash => "upgrade_password_hash",
        CommandKind.OpenSession => "open_session",
        CommandKind.RotateSession => "rotate_session",
        CommandKind.EndSessions => "end_sessions",
        CommandKind.CreateApiKey => "create_api_key",
        CommandKind.RevokeApiKey => "revoke_api_key",
        CommandKind.AddSigningKey => "add_signing_key",
        CommandKind.RetireSigningKey => "retire_signing_key",
        CommandKind.Transfer => "transfer",
        CommandKind.OpenOrderSession => "open_order_session",
        CommandKind.CloseOrderSession => "close_order_session",
        CommandKind.RenewOrderSessions => "renew_order_sessions",
        _ => "unknown",
    };
}
