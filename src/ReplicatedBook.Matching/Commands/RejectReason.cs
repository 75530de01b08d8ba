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

    /// <summary>The time at which a GTD order or an API key would end is not in the future.</summary>
    ExpiryNotInFuture = 42,

    /// <summary>An instrument's smallest or largest order or price band is out of its range.</summary>
    OrderRuleOutOfRange = 43,

    /// <summary>A dead man's switch of a time other than 0 or 1 to 300 seconds.</summary>
    TimeoutOutOfRange = 44,

    /// <summary>No such prediction market, or it was deleted.</summary>
    PredictionMarketNotFound = 45,

    /// <summary>The event's id was used before.</summary>
    EventExists = 46,

    /// <summary>Fewer than 2 outcomes, or more than 256.</summary>
    OutcomeCountOutOfRange = 47,

    /// <summary>Two outcomes of one id.</summary>
    OutcomeExists = 48,

    /// <summary>The market has no such outcome.</summary>
    OutcomeNotFound = 49,

    /// <summary>A whole unit of the collateral is not a whole number of ticks, 2 to 262,144.</summary>
    PayoutNotWholeTicks = 50,

    /// <summary>A tick of the smallest quantity of shares is not a whole number of the collateral's units.</summary>
    ShareScaleInvalid = 51,

    /// <summary>The time a market would close at is not in the future.</summary>
    ClosingNotInFuture = 52,

    /// <summary>The market's status does not allow it.</summary>
    MarketStateConflict = 53,

    /// <summary>The market is resolved or voided already.</summary>
    AlreadyResolved = 54,

    /// <summary>Not one payout for each outcome, one below nothing, or a sum outside of 1 to 10^12.</summary>
    PayoutsInvalid = 55,

    /// <summary>There were trades: the market can be voided, not deleted.</summary>
    MarketHasTrades = 56,

    /// <summary>A limit or stop price of a whole unit or more.</summary>
    PriceNotBelowPayout = 57,

    /// <summary>An outcome's shares come and go by trades, splits and merges only; and they are collateral of
    /// nothing.</summary>
    AssetIsOutcome = 58,

    /// <summary>An outcome's instrument has the status of its market.</summary>
    InstrumentIsOutcome = 59,

    /// <summary>No such betting market.</summary>
    BettingMarketNotFound = 65,

    /// <summary>There is a betting market of that name.</summary>
    BettingMarketExists = 66,

    /// <summary>The market has no such runner.</summary>
    RunnerNotFound = 67,

    /// <summary>A runner is named twice, or the market has it already.</summary>
    RunnerExists = 68,

    /// <summary>Other than two runners for a market of two, none or too many for another, or a change of the runners of
    /// a market of two.</summary>
    RunnerCountInvalid = 69,

    /// <summary>A bet delay that is negative or longer than a minute.</summary>
    BetDelayOutOfRange = 70,

    /// <summary>A negative bound of liability.</summary>
    LiabilityBoundInvalid = 71,

    /// <summary>Odds that are not on the ladder.</summary>
    OddsInvalid = 72,

    /// <summary>A stake that is not positive, or no multiple of the market's step.</summary>
    StakeInvalid = 73,

    /// <summary>The bet would risk more than one bet may.</summary>
    BetLiabilityTooLarge = 74,

    /// <summary>The account would have more at risk in the market than one account may.</summary>
    AccountLiabilityTooLarge = 75,

    /// <summary>A good-til-date bet, or a least fill that is negative, above the stake or of a bet that is not
    /// fill-or-kill.</summary>
    TimeInForceInvalid = 76,

    /// <summary>The market never goes in play.</summary>
    InPlayNotSupported = 77,

    /// <summary>A phase that does not follow the present one.</summary>
    PhaseOutOfOrder = 78,

    /// <summary>The market is closed, settled or void for good.</summary>
    BettingMarketFinal = 79,

    /// <summary>The market is in that state already.</summary>
    NoChange = 80,

    /// <summary>The market's last work is not complete.</summary>
    BatchUnderWay = 81,

    /// <summary>A batch that is negative or too large.</summary>
    BatchSizeInvalid = 82,

    /// <summary>A reduction that is no multiple of the market's step, or not less than what is
    /// unmatched.</summary>
    ReductionInvalid = 83,

    /// <summary>A negative reduction: a bet never grows.</summary>
    ExposureIncrease = 84,

    /// <summary>A market that is to be settled must be closed.</summary>
    BettingMarketNotClosed = 85,

    /// <summary>A result that names a runner twice or one that is not there, or whose parts do not add up.</summary>
    SettlementInvalid = 86,

    /// <summary>No such trade in this market, or it is no longer kept.</summary>
    BetTradeNotFound = 87,

    /// <summary>The trade is void already, or named twice.</summary>
    BetTradeVoided = 88,

    /// <summary>Trades of that time may be among those no longer kept.</summary>
    BetTradesForgotten = 89,

    /// <summary>Neither trades nor a time, both, or too many.</summary>
    VoidRangeInvalid = 90,

    /// <summary>A time range that ends before it begins.</summary>
    CancelRangeInvalid = 91,

    /// <summary>There is, or was, an administrator.</summary>
    BootstrapDone = 92,

    /// <summary>No such user.</summary>
    UserNotFound = 93,

    /// <summary>There is a user of that name.</summary>
    UsernameTaken = 94,

    /// <summary>A name that is not 3 to 32 lower-case letters, digits, dots, underscores and hyphens, the first a
    /// letter or digit.</summary>
    UsernameInvalid = 95,

    /// <summary>A password's hash that is empty, too long, or has other than printable characters.</summary>
    PasswordHashInvalid = 96,

    /// <summary>No role, or one that there is not.</summary>
    RolesInvalid = 97,

    /// <summary>Nobody enabled would be an administrator any more.</summary>
    LastAdmin = 98,

    /// <summary>The user is disabled.</summary>
    UserDisabled = 99,

    /// <summary>The user's token version is another by now: password, roles or sessions have changed.</summary>
    TokenVersionMismatch = 100,

    /// <summary>A refresh token that was used up before; its session has ended by this.</summary>
    RefreshReused = 101,

    /// <summary>No such session, or it is over, or the token is not of it.</summary>
    RefreshInvalid = 102,

    /// <summary>The user has no such session.</summary>
    SessionNotFound = 103,

    /// <summary>A session of less than a second or more than 400 days.</summary>
    LifetimeOutOfRange = 104,

    /// <summary>The user has no such API key.</summary>
    ApiKeyNotFound = 105,

    /// <summary>No scope, or one that there is not.</summary>
    ScopesInvalid = 106,

    /// <summary>Too many addresses, or one with other than an address's characters.</summary>
    AddressesInvalid = 107,

    /// <summary>A key's or node's name that is empty, too long, or has other than the allowed characters.</summary>
    SigningKeyInvalid = 108,

    /// <summary>There is another key of that name.</summary>
    SigningKeyExists = 109,

    /// <summary>No such signing key.</summary>
    SigningKeyNotFound = 110,

    /// <summary>A transfer from an account to itself.</summary>
    SameAccount = 111,

    /// <summary>The runner was removed from its market, or is named twice among those to be removed.</summary>
    RunnerAlreadyRemoved = 112,

    /// <summary>The betting market is suspended: bets may be canceled, not placed.</summary>
    BettingMarketSuspended = 113,

    /// <summary>The session of orders has ended, or is not the sender's.</summary>
    OrderSessionEnded = 114,

    /// <summary>As many sessions of orders as there may be, of the user or in all, or of too many nodes.</summary>
    TooManyOrderSessions = 115,

    /// <summary>A lease or grace of a session of orders beyond its limits.</summary>
    LeaseOutOfRange = 116,
}
