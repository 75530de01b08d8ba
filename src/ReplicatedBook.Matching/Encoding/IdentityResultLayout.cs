using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Identity;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes results of commands of users, keys and sessions, without anything secret.</summary>
internal static class IdentityResultLayout
{
    /// <summary>Fields of a user.</summary>
    public const int UserFields = 9;

    /// <summary>Fields of a session.</summary>
    public const int SessionFields = 4;

    /// <summary>Fields of an API key.</summary>
    public const int ApiKeyFields = 8;

    /// <summary>Fields of a signing key.</summary>
    public const int SigningKeyFields = 6;

    /// <summary>Fields of a transfer.</summary>
    public const int TransferFields = 8;

    /// <summary>Most bytes of any of them.</summary>
    public const int MaxBytes = 1_024;

    /// <summary>A user.</summary>
    /// <param name="packed">Where to write.</param>
    /// <param name="id">The user's id.</param>
    /// <param name="user">The user.</param>
    /// <param name="account">The account that was opened for it; 0 for none.</param>
    public static void User(ref PackedSpan packed, int id, in User user, int account)
    {
        ResultLayout.Begin(ref packed, ResultShape.User, UserFields);
        packed.Integer(id);
        ResultLayout.Text(ref packed, user.Username);
        packed.Integer((long)user.Roles);
        packed.Boolean(user.IsDisabled);
        packed.Integer(user.TokenVersion);
        packed.Integer(user.Version);
        packed.Integer(user.CreatedIndex);
        packed.Integer(user.CreatedAt);
        packed.Integer(account);
    }

    /// <summary>A session.</summary>
    public static void Session(ref PackedSpan packed, in Session session)
    {
        ResultLayout.Begin(ref packed, ResultShape.Session, SessionFields);
        packed.Integer(session.Id);
        packed.Integer(session.User);
        packed.Integer(session.ExpiresAt);
        packed.Integer(session.CreatedAt);
    }

    /// <summary>An API key.</summary>
    public static void ApiKey(ref PackedSpan packed, in ApiKey key)
    {
        ResultLayout.Begin(ref packed, ResultShape.ApiKey, ApiKeyFields);
        packed.Integer(key.Id);
        packed.Integer(key.User);
        ResultLayout.Text(ref packed, key.Label);
        packed.Integer((long)key.Scopes);
        packed.Integer(key.ExpiresAt);
        packed.ArrayHeader(key.AllowedAddresses.Length);
        foreach (var address in key.AllowedAddresses)
        {
            ResultLayout.Text(ref packed, address);
        }

        packed.Integer(key.CreatedIndex);
        packed.Integer(key.CreatedAt);
    }

    /// <summary>A signing key.</summary>
    public static void SigningKey(ref PackedSpan packed, SigningKey key)
    {
        ResultLayout.Begin(ref packed, ResultShape.SigningKey, SigningKeyFields);
        ResultLayout.Text(ref packed, key.Kid);
        ResultLayout.Text(ref packed, key.Node);
        packed.Bytes(key.X.ToArray());
        packed.Bytes(key.Y.ToArray());
        packed.Integer(key.AddedAt);
        packed.Integer(key.RetiredAt);
    }

    /// <summary>A transfer.</summary>
    public static void Transfer(
        ref PackedSpan packed, long debit, long credit, int from, long to, long units, in Balance balance)
    {
        ResultLayout.Begin(ref packed, ResultShape.Transfer, TransferFields);
        packed.Integer(debit);
        packed.Integer(credit);
        packed.Integer(from);
        packed.Integer(to);
        packed.Integer(units);
        packed.Integer(balance.Asset);
        packed.Integer(balance.Available);
        packed.Integer(balance.Reserved);
    }

    /// <summary>How many sessions were ended.</summary>
    public static void Ended(ref PackedSpan packed, int count)
    {
        ResultLayout.Begin(ref packed, ResultShape.SessionsEnded, fields: 1);
        packed.Integer(count);
    }
}
