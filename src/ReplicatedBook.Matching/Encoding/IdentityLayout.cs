using ReplicatedBook.Matching.Identity;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Users, keys, sessions and the audit in a snapshot.</summary>
internal static class IdentityLayout
{
    /// <summary>Version of the snapshot that has them.</summary>
    public const int Version = 6;

    /// <summary>Limits of theirs, which follow the others.</summary>
    public const int LimitFields = 5;

    private const int UserFields = 10;
    private const int ApiKeyFields = 8;
    private const int SessionFields = 5;
    private const int SigningKeyFields = 6;

    /// <summary>Writes the limits.</summary>
    public static void WriteLimits(ref MessagePackWriter writer, ExchangeLimits limits)
    {
        writer.WriteInteger(limits.MaxUsers);
        writer.WriteInteger(limits.MaxApiKeysPerUser);
        writer.WriteInteger(limits.MaxSessionsPerUser);
        writer.WriteInteger(limits.MaxSigningKeys);
        writer.WriteInteger(limits.MaxAuditRecords);
    }

    /// <summary>Reads the limits into others.</summary>
    public static ExchangeLimits ReadLimits(ref FieldReader fields, ExchangeLimits others) => others with
    {
        MaxUsers = fields.Int32(),
        MaxApiKeysPerUser = fields.Int32(),
        MaxSessionsPerUser = fields.Int32(),
        MaxSigningKeys = fields.Int32(),
        MaxAuditRecords = fields.Int32(),
    };

    /// <summary>Writes a user up to the keys.</summary>
    public static void WriteUser(ref MessagePackWriter writer, in User user)
    {
        writer.WriteArrayHeader(UserFields);
        writer.WriteText(user.Username);
        writer.WriteText(user.PasswordHash);
        writer.WriteInteger((long)user.Roles);
        writer.WriteBoolean(user.IsDisabled);
        writer.WriteInteger(user.TokenVersion);
        writer.WriteInteger(user.Version);
        writer.WriteInteger(user.CreatedIndex);
        writer.WriteInteger(user.CreatedAt);
    }

    /// <summary>Reads a user up to the keys.</summary>
    public static User ReadUser(ref FieldReader fields)
    {
        fields.Array(UserFields);
        var user = new User
        {
            Username = fields.Text(TextRules.MaxUsername),
            PasswordHash = fields.Text(TextRules.MaxPasswordHash),
            Roles = fields.Roles(),
            IsDisabled = fields.Boolean(),
            TokenVersion = (int)fields.Integer(1, int.MaxValue),
            Version = fields.Integer(1, long.MaxValue),
            CreatedIndex = fields.Integer(1, long.MaxValue),
            CreatedAt = fields.Integer(),
        };
        fields.Expect(
            TextRules.IsUsername(System.Text.Encoding.ASCII.GetBytes(user.Username)) && user.PasswordHash.Length > 0
                && user.CreatedIndex <= user.Version,
            "a user");
        return user;
    }

    /// <summary>Writes an API key; whose it is follows from where it stands.</summary>
    public static void WriteKey(ref MessagePackWriter writer, in ApiKey key)
    {
        writer.WriteArrayHeader(ApiKeyFields);
        writer.WriteInteger(key.Id);
        writer.WriteText(key.Label);
        writer.WriteInteger((long)key.Scopes);
        writer.WriteInteger(key.ExpiresAt);
        writer.WriteArrayHeader(key.AllowedAddresses.Length);
        foreach (var address in key.AllowedAddresses)
        {
            writer.WriteText(address);
        }

        CommandCodec.WriteBytes32(ref writer, key.SecretHash);
        writer.WriteInteger(key.CreatedIndex);
        writer.WriteInteger(key.CreatedAt);
    }

    /// <summary>Reads an API key of a user.</summary>
    public static ApiKey ReadKey(ref FieldReader fields, int user)
    {
        fields.Array(ApiKeyFields);
        return new ApiKey
        {
            User = user,
            Id = fields.Integer(1, long.MaxValue),
            Label = fields.Text(TextRules.MaxText),
            Scopes = fields.Scopes(),
            ExpiresAt = fields.Integer(0, long.MaxValue),
            AllowedAddresses = ReadAddresses(ref fields),
            SecretHash = fields.Bytes32(),
            CreatedIndex = fields.Integer(1, long.MaxValue),
            CreatedAt = fields.Integer(),
        };
    }

    /// <summary>Writes a session; whose it is follows from where it stands.</summary>
    public static void WriteSession(ref MessagePackWriter writer, in Session session)
    {
        writer.WriteArrayHeader(SessionFields);
        writer.WriteInteger(session.Id);
        CommandCodec.WriteBytes32(ref writer, session.RootHash);
        CommandCodec.WriteBytes32(ref writer, session.CurrentHash);
        writer.WriteInteger(session.ExpiresAt);
        writer.WriteInteger(session.CreatedAt);
    }

    /// <summary>Reads a session of a user.</summary>
    public static Session ReadSession(ref FieldReader fields, int user)
    {
        fields.Array(SessionFields);
        var session = new Session
        {
            User = user,
            Id = fields.Integer(1, long.MaxValue),
            RootHash = fields.Bytes32(),
            CurrentHash = fields.Bytes32(),
            ExpiresAt = fields.Integer(),
            CreatedAt = fields.Integer(),
        };
        fields.Expect(session.CreatedAt < session.ExpiresAt, "the time of a session");
        return session;
    }

    /// <summary>Writes a signing key.</summary>
    public static void WriteSigningKey(ref MessagePackWriter writer, SigningKey key)
    {
        writer.WriteArrayHeader(SigningKeyFields);
        writer.WriteText(key.Kid);
        writer.WriteText(key.Node);
        CommandCodec.WriteBytes32(ref writer, key.X);
        CommandCodec.WriteBytes32(ref writer, key.Y);
        writer.WriteInteger(key.AddedAt);
        writer.WriteInteger(key.RetiredAt);
    }

    /// <summary>Reads a signing key.</summary>
    public static SigningKey ReadSigningKey(ref FieldReader fields)
    {
        fields.Array(SigningKeyFields);
        var key = new SigningKey(
            fields.Text(TextRules.MaxText), fields.Text(TextRules.MaxText), fields.Bytes32(), fields.Bytes32(),
            fields.Integer(), fields.Integer(0, long.MaxValue));
        fields.Expect(
            TextRules.IsKeyName(System.Text.Encoding.ASCII.GetBytes(key.Kid))
                && TextRules.IsKeyName(System.Text.Encoding.ASCII.GetBytes(key.Node)),
            "the name of a signing key");
        return key;
    }

    private static string[] ReadAddresses(ref FieldReader fields)
    {
        var addresses = new string[fields.Array()];
        fields.Expect(addresses.Length <= Commands.CreateApiKey.MaxAddresses, "the number of addresses");
        for (var i = 0; i < addresses.Length; i++)
        {
            addresses[i] = fields.Text(TextRules.MaxAddress);
            fields.Expect(
                TextRules.IsAddress(System.Text.Encoding.ASCII.GetBytes(addresses[i])), "an address");
        }

        return addresses;
    }
}
