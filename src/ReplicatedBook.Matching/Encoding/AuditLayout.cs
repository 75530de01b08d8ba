using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Audit records as canonical MessagePack; the chain of hashes goes over these bytes.</summary>
internal static class AuditLayout
{
    /// <summary>Version of the layout.</summary>
    public const int Version = 1;

    /// <summary>Most characters of an action.</summary>
    public const int MaxAction = TextRules.MaxText;

    /// <summary>Most characters of a target: the longest symbol and what it is.</summary>
    public const int MaxTarget = 96;

    /// <summary>Most bytes of a record.</summary>
    public const int MaxBytes = (6 * PackedSpan.MaxScalar) + (4 * PackedSpan.MaxPrefix) + MaxTarget
        + (3 * TextRules.MaxText);

    private const int Fields = 10;
    private const int FieldsBeforeUser = 4;

    /// <summary>Writes a record.</summary>
    public static void Write(
        ref PackedSpan packed, long sequence, long index, long at, long user, scoped ReadOnlySpan<byte> action,
        scoped ReadOnlySpan<byte> target, scoped ReadOnlySpan<byte> origin, RejectReason result,
        scoped ReadOnlySpan<byte> outcome)
    {
        packed.ArrayHeader(Fields);
        packed.Integer(Version);
        packed.Integer(sequence);
        packed.Integer(index);
        packed.Integer(at);
        packed.Integer(user);
        packed.Text(action);
        packed.Text(target);
        packed.Text(origin);
        packed.Integer((long)result);
        packed.Text(outcome);
    }

    /// <summary>Whether a record is of a user and an action, without making anything of the rest: a query may look at
    /// all that are kept.</summary>
    /// <param name="record">A record.</param>
    /// <param name="user">Whose; null for anybody's.</param>
    /// <param name="action">Which; empty for any.</param>
    public static bool Matches(ReadOnlySpan<byte> record, UserId? user, ReadOnlySpan<byte> action)
    {
        var fields = new FieldReader(record);
        fields.Array(Fields);
        for (var i = 0; i < FieldsBeforeUser; i++)
        {
            fields.Integer();
        }

        var isOfUser = fields.User() is var who && (user is null || who == user);
        return isOfUser && (action.IsEmpty || fields.Utf8().SequenceEqual(action));
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AuditView Read(ReadOnlySpan<byte> record, in Bytes32 hash)
    {
        var fields = new FieldReader(record);
        fields.Array(Fields);
        fields.Expect(fields.Integer() == Version, "the version of an audit record");
        var view = new AuditView(
            fields.Integer(1, long.MaxValue), fields.Integer(0, long.MaxValue), fields.Timestamp(),
            new UserId(fields.Integer()), fields.Text(MaxAction), fields.Text(MaxTarget),
            fields.Text(TextRules.MaxText), fields.Enum(ResultLayout.LastReason), fields.Text(TextRules.MaxText),
            hash);
        fields.Expect(fields.IsAtEnd, "the end of an audit record");
        return view;
    }
}
