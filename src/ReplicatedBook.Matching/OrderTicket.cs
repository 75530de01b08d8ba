using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <summary>A <see cref="Commands.PlaceOrder"/> as it is worked on: fields that are filled where they stand. Handing
/// the command
/// itself on means copying it, and a copy of what was just written in smaller pieces stalls the processor.</summary>
internal struct OrderTicket
{
    /// <summary>Who trades; 0 for the only account there is.</summary>
    public long Account;

    /// <summary>Worst acceptable price; for market and stop orders their protection price, or 0.</summary>
    public long Price;

    /// <summary>Lots to trade.</summary>
    public long Lots;

    /// <summary>The session it is placed in; 0 for none.</summary>
    public long Session;

    /// <summary>What is traded.</summary>
    public int Instrument;

    /// <summary>Buy or sell.</summary>
    public Side Side;

    /// <summary>How it is priced, and whether it waits for a trade.</summary>
    public OrderType Type;

    /// <summary>What becomes of the lots that do not match at once.</summary>
    public TimeInForce TimeInForce;

    /// <summary>Against the account's own resting orders.</summary>
    public SelfTradePrevention SelfTradePrevention;

    /// <summary>Refused if it would match at once.</summary>
    public bool IsPostOnly;

    /// <summary>What few orders have.</summary>
    public OrderOptions Options;

    /// <summary>Whether it has any.</summary>
    public readonly bool HasOptions =>
        (Options.ExpiresAt | Options.Display | Options.StopPrice | Options.QuoteUnits) != 0;

    /// <summary>Whether it has nothing that few orders have.</summary>
    public readonly bool IsPlain => !HasOptions && IsNameless && !IsPostOnly;

    /// <summary>Whether it has neither a session nor a client order id.</summary>
    public readonly bool IsNameless => Session == 0 && ClientOrderId.IsEmpty;

    /// <summary>Whether only what is asked of every order is asked of it.</summary>
    public readonly bool IsMereLimit => Type == OrderType.Limit && !HasOptions && !IsPostOnly;

    /// <summary>Whether it may stay open behind its command.</summary>
    public readonly bool MayRest => Type >= OrderType.Stop
        || (Type == OrderType.Limit && TimeInForce is TimeInForce.GoodTilCanceled or TimeInForce.GoodTilDate);

    /// <summary>May be empty.</summary>
    public ClientOrderId ClientOrderId;
}
