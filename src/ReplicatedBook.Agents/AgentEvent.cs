namespace ReplicatedBook.Agents;

/// <summary>One thing that an agent did or met; for people and for logs.</summary>
/// <param name="Action">What.</param>
/// <param name="Order">Client order id; null where it is about no order.</param>
/// <param name="Side">buy or sell; null where it is about no order.</param>
/// <param name="Price">In units of the quote asset; null for market orders and where it is about no order.</param>
/// <param name="Quantity">In units of the base asset: of a fill what was filled now, else all of the order; null where
/// it is about none.</param>
/// <param name="Detail">More, in words; null for nothing.</param>
public sealed record AgentEvent(
    AgentAction Action, string? Order, string? Side, decimal? Price, decimal? Quantity, string? Detail)
{
    /// <summary>About no order.</summary>
    public static AgentEvent Of(AgentAction action, string? detail) => new(action, null, null, null, null, detail);
}
