using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Events of users, keys, the audit and transfers.</content>
public static partial class EventCodec
{
    private static int FieldsOfIdentity(EventKind kind) => kind switch
    {
        EventKind.UserChanged or EventKind.ApiKeyChanged or EventKind.OrderSessionChanged => 5,
        EventKind.AuditRecorded => 7,
        EventKind.Transferred => 6,
        _ => 3,
    };

    private static void ReadIdentity(ref FieldReader fields, EventKind kind, IEventSink sink)
    {
        switch (kind)
        {
            case EventKind.UserChanged:
                sink.On(new UserChanged(
                    fields.User(), fields.Text(TextRules.MaxUsername), fields.Roles(), fields.Boolean(),
                    fields.Int32()));
                break;
            case EventKind.ApiKeyChanged:
                sink.On(new ApiKeyChanged(
                    fields.User(), new ApiKeyId(fields.Integer()), fields.Scopes(), fields.Timestamp(),
                    fields.Boolean()));
                break;
            case EventKind.SessionOpened:
                sink.On(new SessionOpened(new SessionId(fields.Integer()), fields.User(), fields.Timestamp()));
                break;
            case EventKind.SessionEnded:
                sink.On(new SessionEnded(
                    new SessionId(fields.Integer()), fields.User(), fields.Enum(SessionEnd.UserDisabled)));
                break;
            case EventKind.SigningKeyChanged:
                sink.On(new SigningKeyChanged(
                    fields.Text(TextRules.MaxText), fields.Text(TextRules.MaxText), fields.Timestamp()));
                break;
            case EventKind.AuditRecorded:
                sink.On(new AuditRecorded(
                    fields.Integer(), fields.User(), fields.Text(AuditLayout.MaxAction),
                    fields.Text(AuditLayout.MaxTarget), fields.Text(TextRules.MaxText),
                    fields.Enum(ResultLayout.LastReason), fields.Text(TextRules.MaxText)));
                break;
            case EventKind.OrderSessionChanged:
                sink.On(new OrderSessionChanged(
                    new OrderSessionId(fields.Integer()), fields.User(), fields.Text(TextRules.MaxText),
                    fields.Enum(OrderSessionChange.UserDisabled), fields.Timestamp()));
                break;
            default:
                sink.On(new Transferred(
                    fields.Account(), fields.Account(), fields.Asset(), fields.Amount(),
                    new LedgerId(fields.Integer()), new LedgerId(fields.Integer())));
                break;
        }
    }
}
