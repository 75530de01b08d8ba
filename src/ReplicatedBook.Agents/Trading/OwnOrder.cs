using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Agents.Trading;

/// <summary>One order of an agent: what was asked, and what is known of it. Its name and its content never change, so
/// however often it is sent there is one of it.</summary>
public sealed class OwnOrder
{
    private const string Open = "open";
    private const string Pending = "pending";

    internal OwnOrder(string name, OrderTerms terms, PlaceOrderRequest request) =>
        (Name, Terms, Request) = (name, terms, request);

    /// <summary>Its client order id, which is the key of its request, too.</summary>
    public string Name { get; }

    /// <summary>What was asked.</summary>
    public OrderTerms Terms { get; }

    /// <summary>What is known of it.</summary>
    public OwnOrderState State { get; internal set; }

    /// <summary>What is known to be filled; in units of the base asset.</summary>
    public decimal Filled { get; private set; }

    internal PlaceOrderRequest Request { get; }

    /// <summary>Takes over what the exchange says of it.</summary>
    /// <returns>How much was filled since.</returns>
    internal decimal Take(OrderState told)
    {
        State = told.Status is Open or Pending ? OwnOrderState.Open : OwnOrderState.Gone;
        var filled = Market.Parse(told.FilledQuantity);
        var more = filled - Filled;
        Filled = filled;
        return more;
    }

    internal AgentEvent Event(AgentAction action, decimal quantity, string? detail) =>
        new(action, Name, Terms.Side, Terms.Price, quantity, detail);
}
