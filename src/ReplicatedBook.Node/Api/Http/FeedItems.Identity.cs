using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Users, keys, sessions and the audit, for those who may see them; and transfers.</content>
internal sealed partial class FeedItems
{
    /// <inheritdoc/>
    public void On(in UserChanged e)
    {
        if (!BeginIdentity("user_changed"))
        {
            return;
        }

        _json.WriteString("user_id", IdText.Of(e.User));
        _json.WriteString("username", e.Username);
        WriteWords("roles", EnumText.WordsOf(e.Roles));
        _json.WriteBoolean("disabled", e.IsDisabled);
        End("user_changed");
    }

    /// <inheritdoc/>
    public void On(in ApiKeyChanged e)
    {
        if (!BeginIdentity("api_key_changed"))
        {
            return;
        }

        _json.WriteString("user_id", IdText.Of(e.User));
        _json.WriteString("key_id", IdText.Of(e.Key));
        WriteWords("scopes", EnumText.WordsOf(e.Scopes));
        WriteTimeUnlessZero("expires_at", e.ExpiresAt);
        _json.WriteBoolean("revoked", e.IsRevoked);
        End("api_key_changed");
    }

    /// <inheritdoc/>
    public void On(in SessionOpened e)
    {
        if (!BeginIdentity("session_opened"))
        {
            return;
        }

        _json.WriteString("session_id", IdText.Of(e.Session));
        _json.WriteString("user_id", IdText.Of(e.User));
        WriteTimeUnlessZero("expires_at", e.ExpiresAt);
        End("session_opened");
    }

    /// <inheritdoc/>
    public void On(in SessionEnded e)
    {
        if (!BeginIdentity("session_ended"))
        {
            return;
        }

        _json.WriteString("session_id", IdText.Of(e.Session));
        _json.WriteString("user_id", IdText.Of(e.User));
        _json.WriteString("reason", EnumText.Of(e.Reason));
        End("session_ended");
    }

    /// <inheritdoc/>
    public void On(in SigningKeyChanged e)
    {
        if (!BeginIdentity("signing_key_changed"))
        {
            return;
        }

        _json.WriteString("kid", e.Kid);
        _json.WriteString("node", e.Node);
        WriteTimeUnlessZero("retired_at", e.RetiredAt);
        End("signing_key_changed");
    }

    /// <inheritdoc/>
    public void On(in AuditRecorded e)
    {
        if (!BeginIdentity("audit_recorded"))
        {
            return;
        }

        _json.WriteNumber("sequence", e.Sequence);
        _json.WriteString("user_id", IdText.Of(e.User));
        _json.WriteString("action", e.Action);
        _json.WriteString("target", e.Target);
        _json.WriteString("origin", e.Origin);
        _json.WriteString("outcome", AuditText.Outcome(e.Result, e.Outcome));
        End("audit_recorded");
    }

    /// <inheritdoc/>
    public void On(in Transferred e)
    {
        if (!_filter.Wants("transferred", default, default, e.From, e.To))
        {
            Pass();
            return;
        }

        if (_catalog.FindAsset(e.Asset) is not { } asset)
        {
            _lacksNames = true;
            return;
        }

        Begin("transferred");
        _json.WriteString("from_account", IdText.Of(e.From));
        _json.WriteString("to_account", IdText.Of(e.To));
        _json.WriteString("asset", asset.Symbol);
        _json.WriteString("amount", DecimalText.Format(e.Amount.Units, asset.Scale));
        _json.WriteString("debit_ledger_id", IdText.Of(e.Debit));
        _json.WriteString("credit_ledger_id", IdText.Of(e.Credit));
        End("transferred");
    }

    /// <inheritdoc/>
    public void On(in OrderSessionChanged e)
    {
        if (!BeginIdentity("order_session_changed"))
        {
            return;
        }

        _json.WriteString("session_id", IdText.Of(e.Session));
        _json.WriteString("user_id", IdText.Of(e.User));
        _json.WriteString("node", e.Node);
        _json.WriteString("change", EnumText.Of(e.Change));
        WriteTimeUnlessZero("cancel_at", e.CancelAt);
        End("order_session_changed");
    }

    private bool BeginIdentity(string type)
    {
        if (!_filter.SeesIdentity || !_filter.Wants(type, default, default, default))
        {
            Pass();
            return false;
        }

        Begin(type);
        return true;
    }

    private void WriteWords(string name, IEnumerable<string> words)
    {
        _json.WriteStartArray(name);
        foreach (var word in words)
        {
            _json.WriteStringValue(word);
        }

        _json.WriteEndArray();
    }

    private void WriteTimeUnlessZero(string name, Timestamp time)
    {
        if (time.Microseconds != 0)
        {
            _json.WriteString(name, TimeText.Of(time));
        }
    }
}
