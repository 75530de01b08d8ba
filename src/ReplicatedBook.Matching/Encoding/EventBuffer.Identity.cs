using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Events of users, keys, the audit and transfers.</content>
public sealed partial class EventBuffer
{
    private const int MaxIdentityBytes = MaxEventBytes + AuditLayout.MaxBytes;

    /// <inheritdoc/>
    public void On(in UserChanged e)
    {
        var packed = Begin(EventKind.UserChanged, fields: 5);
        packed.Integer(e.User.Value);
        Text(ref packed, e.Username);
        packed.Integer((long)e.Roles);
        packed.Boolean(e.IsDisabled);
        packed.Integer(e.TokenVersion);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in ApiKeyChanged e)
    {
        var packed = Begin(EventKind.ApiKeyChanged, fields: 5);
        packed.Integer(e.User.Value);
        packed.Integer(e.Key.Value);
        packed.Integer((long)e.Scopes);
        packed.Integer(e.ExpiresAt.Microseconds);
        packed.Boolean(e.IsRevoked);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in SessionOpened e)
    {
        var packed = Begin(EventKind.SessionOpened, fields: 3);
        packed.Integer(e.Session.Value);
        packed.Integer(e.User.Value);
        packed.Integer(e.ExpiresAt.Microseconds);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in SessionEnded e)
    {
        var packed = Begin(EventKind.SessionEnded, fields: 3);
        packed.Integer(e.Session.Value);
        packed.Integer(e.User.Value);
        packed.Integer((long)e.Reason);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in SigningKeyChanged e)
    {
        var packed = Begin(EventKind.SigningKeyChanged, fields: 3, MaxIdentityBytes);
        Text(ref packed, e.Kid);
        Text(ref packed, e.Node);
        packed.Integer(e.RetiredAt.Microseconds);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in AuditRecorded e) => Audited(
        e.Sequence, e.User.Value, Ascii(e.Action), Ascii(e.Target), Ascii(e.Origin), e.Result, Ascii(e.Outcome));

    /// <inheritdoc/>
    public void On(in Transferred e)
    {
        var packed = Begin(EventKind.Transferred, fields: 6);
        packed.Integer(e.From.Value);
        packed.Integer(e.To.Value);
        packed.Integer(e.Asset.Value);
        packed.Integer(e.Amount.Units);
        packed.Integer(e.Debit.Value);
        packed.Integer(e.Credit.Value);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OrderSessionChanged e)
    {
        var packed = Begin(EventKind.OrderSessionChanged, fields: 5, MaxIdentityBytes);
        packed.Integer(e.Session.Value);
        packed.Integer(e.User.Value);
        Text(ref packed, e.Node);
        packed.Integer((long)e.Change);
        packed.Integer(e.CancelAt.Microseconds);
        End(packed.Length);
    }

    /// <summary>Says that an audit record was added.</summary>
    internal void Audited(
        long sequence, long user, ReadOnlySpan<byte> action, ReadOnlySpan<byte> target, ReadOnlySpan<byte> origin,
        RejectReason result, ReadOnlySpan<byte> outcome)
    {
        var packed = Begin(EventKind.AuditRecorded, fields: 7, MaxIdentityBytes);
        packed.Integer(sequence);
        packed.Integer(user);
        packed.Text(action);
        packed.Text(target);
        packed.Text(origin);
        packed.Integer((long)result);
        packed.Text(outcome);
        End(packed.Length);
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
