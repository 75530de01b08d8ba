using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Sessions;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Sessions of orders in a snapshot.</summary>
internal static class OrderSessionLayout
{
    /// <summary>Version of the snapshot that has them.</summary>
    public const int Version = 7;

    /// <summary>Limits of theirs, which follow the others.</summary>
    public const int LimitFields = 2;

    private const int NodeFields = 4;
    private const int SessionFields = 8;

    /// <summary>Writes the limits.</summary>
    public static void WriteLimits(ref MessagePackWriter writer, ExchangeLimits limits)
    {
        writer.WriteInteger(limits.MaxOrderSessions);
        writer.WriteInteger(limits.MaxOrderSessionsPerUser);
    }

    /// <summary>Reads the limits into others.</summary>
    public static ExchangeLimits ReadLimits(ref FieldReader fields, ExchangeLimits others) => others with
    {
        MaxOrderSessions = fields.Int32(),
        MaxOrderSessionsPerUser = fields.Int32(),
    };

    /// <summary>Writes a node with open sessions.</summary>
    public static void WriteNode(ref MessagePackWriter writer, SessionNode node, long lease, long dueAt)
    {
        writer.WriteArrayHeader(NodeFields);
        writer.WriteText(node.Name);
        writer.WriteInteger(node.Incarnation);
        writer.WriteInteger(lease);
        writer.WriteInteger(dueAt);
    }

    /// <summary>Reads a node with open sessions.</summary>
    public static (string Name, long Incarnation, long Lease, long DueAt) ReadNode(ref FieldReader fields)
    {
        fields.Array(NodeFields);
        var name = fields.Text(TextRules.MaxText);
        fields.Expect(TextRules.IsNodeName(System.Text.Encoding.ASCII.GetBytes(name)), "the name of a node");
        return (
            name, fields.Integer(), fields.Integer(OpenOrderSession.MinLease, OpenOrderSession.MaxLease),
            fields.Integer());
    }

    /// <summary>Writes a session up to its orders.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="session">The session.</param>
    /// <param name="node">Place of its node among those with open sessions; -1 when it has ended.</param>
    public static void WriteSession(ref MessagePackWriter writer, in OrderSession session, int node)
    {
        writer.WriteArrayHeader(SessionFields);
        writer.WriteInteger(session.Number);
        writer.WriteInteger(session.User);
        writer.WriteInteger(node);
        writer.WriteInteger(session.Grace);
        writer.WriteInteger(session.CancelAt);
        writer.WriteInteger((long)session.Change);
    }

    /// <summary>Reads a session up to its orders.</summary>
    /// <param name="fields">Where from.</param>
    /// <param name="nodes">Those with open sessions.</param>
    public static OrderSession ReadSession(ref FieldReader fields, SessionNode[] nodes)
    {
        fields.Array(SessionFields);
        var (number, user) = (fields.Integer(1, long.MaxValue), fields.Integer(0, long.MaxValue));
        var node = (int)fields.Integer(-1, nodes.Length - 1);
        var session = new OrderSession
        {
            Number = number,
            User = user,
            Node = node < 0 ? null : nodes[node],
            Grace = fields.Integer(0, OpenOrderSession.MaxGrace),
            CancelAt = fields.Integer(),
            Change = fields.Enum(OrderSessionChange.UserDisabled),
        };
        fields.Expect(
            session.IsOpen == (session.Change == OrderSessionChange.Opened)
                && (!session.IsOpen || session.CancelAt == 0),
            "the end of an order session");
        return session;
    }
}
