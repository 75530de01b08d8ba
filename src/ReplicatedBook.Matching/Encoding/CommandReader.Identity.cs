using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of users, keys, sessions and the audit.</content>
internal static partial class CommandReader
{
    private static int FieldsOfIdentity(CommandKind kind) => kind switch
    {
        CommandKind.Audited or CommandKind.Bootstrap or CommandKind.EndSessions or CommandKind.RevokeApiKey => 2,
        CommandKind.SetPassword or CommandKind.UpgradePasswordHash => 3,
        CommandKind.OpenSession => 5,
        CommandKind.CreateApiKey => 6,
        CommandKind.RetireSigningKey => 1,
        _ => 4,
    };

    /// <summary>Reads the content of an Audited.</summary>
    public static bool TryReadAudited(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> origin, out ReadOnlySpan<byte> command)
    {
        command = default;
        return reader.TryReadText(out origin) && reader.TryReadBytes(out command) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a RecordAudit.</summary>
    public static bool TryReadRecord(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> action, out ReadOnlySpan<byte> target,
        out ReadOnlySpan<byte> origin, out ReadOnlySpan<byte> outcome) =>
        reader.TryReadText(out action) & reader.TryReadText(out target) & reader.TryReadText(out origin)
        & reader.TryReadText(out outcome) && reader.IsAtEnd;

    /// <summary>Reads the content of a Bootstrap.</summary>
    public static bool TryReadBootstrap(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> passwordHash) =>
        reader.TryReadText(out name) & reader.TryReadText(out passwordHash) && reader.IsAtEnd;

    /// <summary>Reads the content of a CreateUser.</summary>
    public static bool TryReadUser(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> passwordHash,
        out Roles roles, out bool opensAccount)
    {
        var isRead = reader.TryReadText(out name) & reader.TryReadText(out passwordHash)
            & reader.TryReadInteger(out var number) & reader.TryReadBoolean(out opensAccount);
        roles = (Roles)(byte)number;
        return isRead && number is >= 0 and <= byte.MaxValue && reader.IsAtEnd;
    }

    /// <summary>Reads the content of an UpdateUser.</summary>
    public static bool TryRead(ref MessagePackReader reader, out UpdateUser command)
    {
        command = default;
        if (!(reader.TryReadInteger(out var user) & reader.TryReadInteger(out var roles))
            || roles is < -1 or > byte.MaxValue)
        {
            return false;
        }

        bool? isDisabled = null;
        if (!reader.TryReadNil())
        {
            if (!reader.TryReadBoolean(out var given))
            {
                return false;
            }

            isDisabled = given;
        }

        var isRead = reader.TryReadInteger(out var version);
        command = new UpdateUser(new UserId(user), roles < 0 ? null : (Roles)roles, isDisabled, version);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a SetPassword.</summary>
    public static bool TryReadPassword(
        scoped ref MessagePackReader reader, out long user, out ReadOnlySpan<byte> passwordHash,
        out int tokenVersion)
    {
        tokenVersion = 0;
        return reader.TryReadInteger(out user) & reader.TryReadText(out passwordHash)
            && TryReadInt32(ref reader, out tokenVersion) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of an UpgradePasswordHash.</summary>
    public static bool TryReadUpgrade(
        scoped ref MessagePackReader reader, out long user, out ReadOnlySpan<byte> passwordHash,
        out int tokenVersion)
    {
        passwordHash = default;
        return reader.TryReadInteger(out user) & TryReadInt32(ref reader, out tokenVersion)
            && reader.TryReadText(out passwordHash) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of an OpenSession.</summary>
    public static bool TryRead(ref MessagePackReader reader, out OpenSession command)
    {
        var isRead = reader.TryReadInteger(out var user) & TryReadInt32(ref reader, out var tokenVersion)
            & TryReadBytes32(ref reader, out var root) & TryReadBytes32(ref reader, out var current)
            & reader.TryReadInteger(out var lifetime);
        command = new OpenSession(new UserId(user), tokenVersion, root, current, lifetime);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a RotateSession.</summary>
    public static bool TryRead(ref MessagePackReader reader, out RotateSession command)
    {
        var isRead = reader.TryReadInteger(out var session) & TryReadBytes32(ref reader, out var root)
            & TryReadBytes32(ref reader, out var presented) & TryReadBytes32(ref reader, out var next);
        command = new RotateSession(new SessionId(session), root, presented, next);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of an EndSessions.</summary>
    public static bool TryRead(ref MessagePackReader reader, out EndSessions command)
    {
        var isRead = reader.TryReadInteger(out var user) & reader.TryReadInteger(out var session);
        command = new EndSessions(new UserId(user), new SessionId(session));
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a CreateApiKey.</summary>
    /// <param name="reader">At the content.</param>
    /// <param name="command">What was read.</param>
    /// <param name="isLabelValid">Whether the label is as it should be.</param>
    /// <param name="areAddressesValid">Whether the addresses are.</param>
    public static bool TryRead(
        ref MessagePackReader reader, out CreateApiKey command, out bool isLabelValid, out bool areAddressesValid)
    {
        command = default;
        (isLabelValid, areAddressesValid) = (false, false);
        if (!(reader.TryReadInteger(out var user) & reader.TryReadText(out var label)
            & reader.TryReadInteger(out var scopes) & reader.TryReadInteger(out var expiresAt))
            || scopes is < 0 or > byte.MaxValue || !reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        isLabelValid = TextRules.IsText(label);
        areAddressesValid = count <= CreateApiKey.MaxAddresses;
        var addresses = new string[Math.Min(count, CreateApiKey.MaxAddresses)];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadText(out var address))
            {
                return false;
            }

            areAddressesValid &= TextRules.IsAddress(address);
            if (areAddressesValid)
            {
                addresses[i] = Ascii(address);
            }
        }

        var isRead = TryReadBytes32(ref reader, out var hash);
        command = new CreateApiKey(
            new UserId(user), isLabelValid ? Ascii(label) : "", (Scopes)scopes, new Timestamp(expiresAt), addresses,
            hash);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a RevokeApiKey.</summary>
    public static bool TryRead(ref MessagePackReader reader, out RevokeApiKey command)
    {
        var isRead = reader.TryReadInteger(out var user) & reader.TryReadInteger(out var key);
        command = new RevokeApiKey(new UserId(user), new ApiKeyId(key));
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of an AddSigningKey.</summary>
    public static bool TryReadSigningKey(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> kid, out ReadOnlySpan<byte> node, out Bytes32 x,
        out Bytes32 y)
    {
        (x, y) = (default, default);
        return reader.TryReadText(out kid) & reader.TryReadText(out node)
            && TryReadBytes32(ref reader, out x) && TryReadBytes32(ref reader, out y) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a Transfer.</summary>
    public static bool TryRead(ref MessagePackReader reader, out Transfer command)
    {
        var isRead = reader.TryReadInteger(out var from) & reader.TryReadInteger(out var to)
            & TryReadInt32(ref reader, out var asset) & reader.TryReadInteger(out var units);
        command = new Transfer(new AccountId(from), new AccountId(to), new AssetId(asset), new Amount(units));
        return isRead && reader.IsAtEnd;
    }

    private static bool TryReadBytes32(ref MessagePackReader reader, out Bytes32 value)
    {
        var isRead = reader.TryReadBytes(out var bytes) && bytes.Length == Bytes32.Size;
        value = isRead ? new Bytes32(bytes) : default;
        return isRead;
    }
}
