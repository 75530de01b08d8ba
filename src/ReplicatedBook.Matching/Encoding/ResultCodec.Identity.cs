using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Results of commands of users, keys and sessions.</content>
public static partial class ResultCodec
{
    private static CommandOutcome ReadIdentity(ref FieldReader fields, ResultShape shape) => shape switch
    {
        ResultShape.User => new CommandOutcome
        {
            Reason = RejectReason.None,
            User = new UserView(
                fields.User(), fields.Text(TextRules.MaxUsername), fields.Roles(), fields.Boolean(), fields.Int32(),
                fields.Integer(), fields.Integer(), fields.Timestamp()),
            UserAccount = fields.Account(),
        },
        ResultShape.Session => new CommandOutcome
        {
            Reason = RejectReason.None,
            Session = new SessionView(
                new SessionId(fields.Integer()), fields.User(), fields.Timestamp(), fields.Timestamp()),
        },
        ResultShape.ApiKey => new CommandOutcome { Reason = RejectReason.None, ApiKey = ApiKey(ref fields) },
        ResultShape.SigningKey => new CommandOutcome
        {
            Reason = RejectReason.None,
            SigningKey = new SigningKeyView(
                fields.Text(TextRules.MaxText), fields.Text(TextRules.MaxText), fields.Bytes32(), fields.Bytes32(),
                fields.Timestamp(), fields.TimestampOrNull()),
        },
        ResultShape.Transfer => new CommandOutcome
        {
            Reason = RejectReason.None,
            Transfer = new TransferView(
                new LedgerId(fields.Integer()), new LedgerId(fields.Integer()), fields.Account(), fields.Account(),
                fields.Amount(), new BalanceView(fields.Asset(), fields.Amount(), fields.Amount())),
        },
        ResultShape.OrderSession => new CommandOutcome
        {
            Reason = RejectReason.None,
            OrderSession = new OrderSessionId(fields.Integer()),
            OrderSessionCount = fields.Int32(),
        },
        _ => new CommandOutcome { Reason = RejectReason.None, SessionsEnded = fields.Int32() },
    };

    private static ApiKeyView ApiKey(ref FieldReader fields)
    {
        var (id, user) = (new ApiKeyId(fields.Integer()), fields.User());
        var (label, scopes) = (fields.Text(TextRules.MaxText), fields.Scopes());
        var expiresAt = fields.TimestampOrNull();
        var addresses = new string[fields.Array()];
        for (var i = 0; i < addresses.Length; i++)
        {
            addresses[i] = fields.Text(TextRules.MaxAddress);
        }

        return new ApiKeyView(
            id, user, label, scopes, expiresAt, addresses, fields.Integer(), fields.Timestamp());
    }
}
