using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <summary>A <see cref="Commands.PlaceOrder"/> as it is worked on: fields that are filled where they stand. Handing
/// the command
/// itself on means copying it, and a copy of what was just written in smaller pieces stalls the processor.</summary>
internal struct OrderTicket
{
    /// <summary>Who trades; 0 for the only account there is.</summary>
    public long Account;

    /// <summary>Worst acceptable price; 0 for market orders.</summary>
    public long Price;

    /// <summary>Lots to trade.</summary>
    public long Lots;

    /// <summary>What is traded.</summary>
    public int Instrument;

    /// <summary>Buy or sell.</summary>
    public Side Side;

    /// <summary>Limit or market.</summary>
    public OrderType Type;

    /// <summary>What becomes of the lots that do not match at once.</summary>
    public TimeInForce TimeInForce;

    /// <summary>Against the account's own resting orders.</summary>
    public SelfTradePrevention SelfTradePrevention;

    /// <summary>Refused if it would match at once.</summary>
    public bool IsPostOnly;

    /// <summary>May be empty.</summary>
    public ClientOrderId ClientOrderId;
}
