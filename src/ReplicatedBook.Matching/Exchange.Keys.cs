using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>API keys of users and signing keys of nodes.</content>
public sealed partial class Exchange
{
    private readonly List<SigningKey> _signingKeys = [];

    /// <summary>Checked in this order: UserNotFound, UserDisabled, TextInvalid, ScopesInvalid, ExpiryNotInFuture,
    /// AddressesInvalid, LimitReached.</summary>
    private RejectReason ApplyCreateApiKey(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(
            ref reader, out CreateApiKey command, out var isLabelValid, out var areAddressesValid))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !_users.Has(command.User.Value))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.UserNotFound);
        }

        ref readonly var user = ref _users[(int)command.User.Value];
        var reason = user.IsDisabled ? RejectReason.UserDisabled
            : !isLabelValid ? RejectReason.TextInvalid
            : !IdentityRules.AreValid(command.Scopes) ? RejectReason.ScopesInvalid
            : command.ExpiresAt.Microseconds != 0 && command.ExpiresAt.Microseconds <= Now.Microseconds
                ? RejectReason.ExpiryNotInFuture
            : !areAddressesValid ? RejectReason.AddressesInvalid
            : user.Keys.Count >= _limits.MaxApiKeysPerUser ? RejectReason.LimitReached
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var slot = _users.AddKey(new ApiKey
        {
            Id = ++_users.LastKey,
            User = (int)command.User.Value,
            Label = command.Label,
            Scopes = command.Scopes,
            ExpiresAt = command.ExpiresAt.Microseconds,
            AllowedAddresses = [.. command.AllowedAddresses],
            SecretHash = command.SecretHash,
            CreatedIndex = AppliedIndex,
            CreatedAt = Now.Microseconds,
        });
        return Changed(in _users.Key(slot), isRevoked: false);
    }

    /// <summary>Checked in this order: UserNotFound, ApiKeyNotFound.</summary>
    private RejectReason ApplyRevokeApiKey(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out RevokeApiKey command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var slot = _users.FindKey(command.Key.Value);
        var reason = barred != RejectReason.None ? barred
            : !_users.Has(command.User.Value) ? RejectReason.UserNotFound
            : slot < 0 || _users.Key(slot).User != command.User.Value ? RejectReason.ApiKeyNotFound
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        Changed(in _users.Key(slot), isRevoked: true);
        _users.RemoveKey(slot);
        return RejectReason.None;
    }

    /// <summary>Notes, tells and answers that an API key came or is about to go.</summary>
    private RejectReason Changed(in ApiKey key, bool isRevoked)
    {
        IdentityIndex = AppliedIndex;
        _events.On(new ApiKeyChanged(
            new UserId(key.User), new ApiKeyId(key.Id), key.Scopes, new Timestamp(key.ExpiresAt), isRevoked));
        var packed = new PackedSpan(_answer.Reserve(IdentityResultLayout.MaxBytes));
        IdentityResultLayout.ApiKey(ref packed, in key);
        _answer.Advance(packed.Length);
        return RejectReason.None;
    }

    /// <summary>Checked in this order: SigningKeyInvalid, SigningKeyExists, LimitReached. A key that is known already
    /// is accepted and changes nothing.</summary>
    private RejectReason ApplyAddSigningKey(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadSigningKey(ref reader, out var kid, out var node, out var x, out var y))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !TextRules.IsKeyName(kid) || !TextRules.IsKeyName(node))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.SigningKeyInvalid);
        }

        var key = new SigningKey(
            System.Text.Encoding.ASCII.GetString(kid), System.Text.Encoding.ASCII.GetString(node), x, y,
            Now.Microseconds, RetiredAt: 0);
        var place = FindSigningKey(key.Kid);
        if (place >= 0)
        {
            var known = _signingKeys[place];
            return known.Node == key.Node && known.X == x && known.Y == y
                ? AnswerSigningKey(known)
                : Refuse(RejectReason.SigningKeyExists);
        }

        if (_signingKeys.Count >= _limits.MaxSigningKeys && !TryForgetSigningKey())
        {
            return Refuse(RejectReason.LimitReached);
        }

        _signingKeys.Add(key);
        return Changed(key);
    }

    /// <summary>Checked in this order: SigningKeyNotFound. A retired key is accepted and stays as it is.</summary>
    private RejectReason ApplyRetireSigningKey(ref MessagePackReader reader, RejectReason barred)
    {
        if (!reader.TryReadText(out var kid) || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var place = TextRules.IsKeyName(kid) ? FindSigningKey(System.Text.Encoding.ASCII.GetString(kid)) : -1;
        if (barred != RejectReason.None || place < 0)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.SigningKeyNotFound);
        }

        if (_signingKeys[place].RetiredAt != 0)
        {
            return AnswerSigningKey(_signingKeys[place]);
        }

        var retired = _signingKeys[place] with { RetiredAt = Now.Microseconds };
        _signingKeys[place] = retired;
        return Changed(retired);
    }

    private int FindSigningKey(string kid) =>
        _signingKeys.FindIndex(key => string.Equals(key.Kid, kid, StringComparison.Ordinal));

    /// <summary>Forgets the key that was retired first, unless that was so lately that what it signed may still be in
    /// use.</summary>
    private bool TryForgetSigningKey()
    {
        var first = -1;
        for (var i = 0; i < _signingKeys.Count; i++)
        {
            var retiredAt = _signingKeys[i].RetiredAt;
            if (retiredAt != 0 && (first < 0 || retiredAt < _signingKeys[first].RetiredAt))
            {
                first = i;
            }
        }

        if (first < 0 || Now.Microseconds - _signingKeys[first].RetiredAt < IdentityRules.MinRetiredAge)
        {
            return false;
        }

        _signingKeys.RemoveAt(first);
        return true;
    }

    private RejectReason Changed(SigningKey key)
    {
        IdentityIndex = AppliedIndex;
        _events.On(new SigningKeyChanged(key.Kid, key.Node, new Timestamp(key.RetiredAt)));
        return AnswerSigningKey(key);
    }

    private RejectReason AnswerSigningKey(SigningKey key)
    {
        var packed = new PackedSpan(_answer.Reserve(IdentityResultLayout.MaxBytes));
        IdentityResultLayout.SigningKey(ref packed, key);
        _answer.Advance(packed.Length);
        return RejectReason.None;
    }
}
