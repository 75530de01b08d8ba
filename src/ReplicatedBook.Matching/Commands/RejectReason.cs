namespace ReplicatedBook.Matching.Commands;

/// <summary>Why a command had no effect; where several hold, the first in the order of the checks is given.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum RejectReason : byte
{
    /// <summary>Accepted.</summary>
    None = 0,

    /// <summary>The entry was stamped after the command's deadline.</summary>
    DeadlineExceeded = 1,

    /// <summary>The key was used before for another request.</summary>
    RequestKeyReused = 2,

    /// <summary>Too many keys that are too young to forget.</summary>
    RequestTableFull = 3,

    /// <summary>The bytes are no command that this version knows.</summary>
    MalformedCommand = 4,

    /// <summary>No such asset.</summary>
    AssetNotFound = 5,

    /// <summary>No such account.</summary>
    AccountNotFound = 6,

    /// <summary>No such instrument.</summary>
    InstrumentNotFound = 7,

    /// <summary>No such order of this account, or it is no longer kept.</summary>
    OrderNotFound = 8,

    /// <summary>No account was named and there is not exactly one.</summary>
    AccountRequired = 9,

    /// <summary>The asset was created before.</summary>
    AssetExists = 10,

    /// <summary>The symbol was listed before.</summary>
    InstrumentExists = 11,

    /// <summary>An asset's scale is not within 0 to 12.</summary>
    ScaleOutOfRange = 12,

    /// <summary>The tick size is not positive, or too fine for 12 digits.</summary>
    TickSizeInvalid = 13,

    /// <summary>The lot size is not positive, or not a whole number of the base asset's units.</summary>
    LotSizeInvalid = 14,

    /// <summary>A fee beyond 10,000 bps, or a rebate larger than the other side's fee.</summary>
    FeeOutOfRange = 15,

    /// <summary>Base and quote are the same asset.</summary>
    SameAsset = 16,

    /// <summary>A deposit or withdrawal of nothing or less.</summary>
    AmountNotPositive = 17,

    /// <summary>The asset's total supply would leave 64 bits.</summary>
    AmountTooLarge = 18,

    /// <summary>A limit price of nothing or less.</summary>
    PriceNotPositive = 19,

    /// <summary>A quantity of nothing or less.</summary>
    QuantityNotPositive = 20,

    /// <summary>Price times quantity leaves 64 bits.</summary>
    NotionalTooLarge = 21,

    /// <summary>The instrument's status does not allow it.</summary>
    MarketNotOpen = 22,

    /// <summary>A post-only order would match at once.</summary>
    PostOnlyWouldTake = 23,

    /// <summary>Post-only goes with limit and good-til-canceled only.</summary>
    PostOnlyInvalid = 24,

    /// <summary>The account has less available than the order or withdrawal needs.</summary>
    InsufficientFunds = 25,

    /// <summary>The client order id names another order of this account.</summary>
    ClientOrderIdReused = 26,

    /// <summary>The order is already filled, canceled or expired.</summary>
    OrderNotOpen = 27,

    /// <summary>Neither price nor quantity was given, or the order has no limit price.</summary>
    NothingToAmend = 28,

    /// <summary>The order's remaining quantity is not the expected one.</summary>
    RemainingMismatch = 29,

    /// <summary>The object has changed since the given version.</summary>
    VersionMismatch = 30,

    /// <summary>A closed instrument never opens again.</summary>
    StatusFinal = 31,

    /// <summary>A limit on the number of assets, accounts, instruments or open orders is reached.</summary>
    LimitReached = 32,

    /// <summary>A batch without orders, or with more than its limit.</summary>
    BatchEmpty = 33,

    /// <summary>Another order of an atomic batch was refused.</summary>
    BatchAborted = 34,

    /// <summary>A symbol, label or reference has too many or other than the allowed characters.</summary>
    TextInvalid = 35,

    /// <summary>The cluster has not reached the feature level that brought this command.</summary>
    FeatureDisabled = 36,

    /// <summary>The account has as many open orders as it may have.</summary>
    TooManyOpenOrders = 37,

    /// <summary>Worth less than the instrument's smallest order.</summary>
    NotionalTooSmall = 38,

    /// <summary>More lots than the instrument's largest order.</summary>
    QuantityTooLarge = 39,

    /// <summary>A limit too far from the last trade's price.</summary>
    PriceOutOfBand = 40,

    /// <summary>A peak that is not positive, larger than the order, or too small a part of it.</summary>
    DisplayQuantityInvalid = 41,

    /// <summary>The time a GTD order would end at is not in the future.</summary>
    ExpiryNotInFuture = 42,

    /// <summary>An instrument's smallest or largest order or price band is out of its range.</summary>
    OrderRuleOutOfRange = 43,

    /// <summary>A dead man's switch of a time other than 0 or 1 to 300 seconds.</summary>
    TimeoutOutOfRange = 44,
}
