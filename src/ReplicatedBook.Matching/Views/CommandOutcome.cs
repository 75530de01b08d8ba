using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What became of one command, decoded from the result bytes that the exchange wrote (ResultCodec).</summary>
/// <remarks>Which of the parts are set depends on the command; all are null or empty when it was refused, but
/// <see cref="Order"/> may show the state that stood in the way (order_not_open).</remarks>
public sealed record CommandOutcome
{
    /// <summary><see cref="RejectReason.None"/> when accepted.</summary>
    public required RejectReason Reason { get; init; }

    /// <summary>Whether it took effect.</summary>
    public bool IsAccepted => Reason == RejectReason.None;

    /// <summary>The order exists already under the same client order id with equal content; nothing was done.</summary>
    public bool IsExistingOrder { get; init; }

    /// <summary>Place, amend, cancel: the order after the command.</summary>
    public OrderView? Order { get; init; }

    /// <summary>Place, amend: the trades of this command in order of execution.</summary>
    public IReadOnlyList<FillView> Fills { get; init; } = [];

    /// <summary>Batch: one outcome per order.</summary>
    public IReadOnlyList<CommandOutcome> Items { get; init; } = [];

    /// <summary>Mass cancel, instrument status: the orders taken out.</summary>
    public IReadOnlyList<OrderId> Canceled { get; init; } = [];

    /// <summary>Create account.</summary>
    public AccountView? Account { get; init; }

    /// <summary>Create asset.</summary>
    public AssetView? Asset { get; init; }

    /// <summary>List or change an instrument.</summary>
    public InstrumentView? Instrument { get; init; }

    /// <summary>Deposit, withdraw.</summary>
    public LedgerView? Ledger { get; init; }

    /// <summary>Set a dead man's switch: whose; 0 otherwise.</summary>
    public AccountId CancelAfterAccount { get; init; }

    /// <summary>Set a dead man's switch: when it fires; 0 when it is off.</summary>
    public Timestamp CancelAfterAt { get; init; }

    /// <summary>Create, change, end a prediction market: the market after the command.</summary>
    public PredictionMarketView? PredictionMarket { get; init; }

    /// <summary>Split, merge.</summary>
    public SetView? Set { get; init; }

    /// <summary>Place or cancel a bet: the bet after the command.</summary>
    public BetView? Bet { get; init; }

    /// <summary>Place a bet: the trades of this command in order of execution.</summary>
    public IReadOnlyList<BetFillView> BetFills { get; init; } = [];

    /// <summary>Create or change a betting market: the market after the command; its work may not be
    /// complete.</summary>
    public BettingMarketView? BettingMarket { get; init; }

    /// <summary>Commands that cancel bets or void trades: how many this entry did; later entries may do
    /// more.</summary>
    public int BettingCount { get; init; }

    /// <summary>Bootstrap, create or change a user: the user after the command.</summary>
    public UserView? User { get; init; }

    /// <summary>Create a user: the account opened for it; 0 otherwise.</summary>
    public AccountId UserAccount { get; init; }

    /// <summary>Open or rotate a session.</summary>
    public SessionView? Session { get; init; }

    /// <summary>End sessions: how many.</summary>
    public int SessionsEnded { get; init; }

    /// <summary>Create or revoke an API key: the key; as it was before it was revoked.</summary>
    public ApiKeyView? ApiKey { get; init; }

    /// <summary>Add or retire a signing key: the key after the command.</summary>
    public SigningKeyView? SigningKey { get; init; }

    /// <summary>Transfer.</summary>
    public TransferView? Transfer { get; init; }

    /// <summary>Open or close a session of orders: its number; 0 otherwise.</summary>
    public OrderSessionId OrderSession { get; init; }

    /// <summary>Close a session of orders: how many orders and bets this entry canceled; later entries may cancel more.
    /// Renew sessions: how many.</summary>
    public int OrderSessionCount { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: what was needed, in units of
    /// <see cref="FundsAsset"/>.</summary>
    public Amount Needed { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: what was available.</summary>
    public Amount Available { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: of which asset; 0 otherwise.</summary>
    public AssetId FundsAsset { get; init; }
}
