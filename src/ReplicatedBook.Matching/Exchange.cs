using System.Buffers;
using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Clients;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <summary>All accounts, books and remembered requests as one deterministic state machine: equal state and equal
/// inputs give equal state, events and results on every machine.</summary>
/// <remarks>Not safe for several threads: one owner applies and reads.</remarks>
public sealed partial class Exchange
{
    private readonly ExchangeLimits _limits;
    private readonly int _ladderPrices;
    private readonly Ledger _ledger = new();
    private readonly List<Instrument> _instruments = [];
    private readonly SymbolTable _assetSymbols = new();
    private readonly SymbolTable _instrumentSymbols = new();
    private readonly OrderPool _orders = new();
    private readonly OrderIndex _orderIndex = new();
    private readonly ClosedOrders _closedOrders = new();
    private readonly ClientOrderIndex _clientOrders = new();
    private readonly TradeRing _trades;
    private readonly ClientTable _requests;
    private readonly ByteBuffer _answer = new();
    private readonly OrderTicket[] _batch = new OrderTicket[PlaceBatch.MaxOrders];
    private readonly EventNumbers _eventNumbers;
    private EventBuffer _events = null!; // Set at the start of every command.
    private Shown _shown;
    private long[] _scratch = new long[64];
    private long _lastOrder;
    private long _lastLedger;

    /// <summary>An empty exchange.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is less than 1, or too large to be kept in
    /// memory.</exception>
    public Exchange(ExchangeLimits limits)
        : this(limits, ladderPrices: 0)
    {
    }

    /// <summary>An empty exchange that keeps its books' levels as it is told; nothing but speed depends on
    /// it.</summary>
    /// <param name="limits">What the state may hold.</param>
    /// <param name="ladderPrices">0 for sorted levels; else all books are ladders of the prices 1 to this, and it is
    /// for the caller to see that no order beyond them comes.</param>
    internal Exchange(ExchangeLimits limits, int ladderPrices)
    {
        if (!limits.AreValid)
        {
            throw new ArgumentOutOfRangeException(nameof(limits), limits, "a limit is below 1 or beyond one array");
        }

        _limits = limits;
        _ladderPrices = ladderPrices;
        _trades = new TradeRing(limits.MaxTrades);
        _closedBets = new PagedRing<Bet>(limits.MaxClosedOrders);
        _betTrades = new PagedRing<BetTrade>(limits.MaxTrades);
        _requests = new ClientTable(limits);
        _eventNumbers = new EventNumbers(_markets, _bettingMarkets);
        _audit = new AuditTrail(limits.MaxAuditRecords);
    }

    /// <summary>Log index of the last applied entry; 0 before the first.</summary>
    public long AppliedIndex { get; private set; }

    /// <summary>Cluster time of the last applied command; 0 before the first.</summary>
    public Timestamp Now { get; private set; }

    /// <summary>Applies one committed command.</summary>
    /// <param name="index">Its log index; greater than <see cref="AppliedIndex"/>.</param>
    /// <param name="at">Time the leader wrote into the entry; never before <see cref="Now"/>.</param>
    /// <param name="command">Bytes as CommandCodec writes them. Bytes that are no command are refused, never thrown
    /// on.</param>
    /// <param name="events">Receives what happened.</param>
    /// <param name="result">Receives the result's bytes, to be read by ResultCodec.</param>
    public Applied Apply(
        long index, Timestamp at, ReadOnlySpan<byte> command, EventBuffer events, IBufferWriter<byte> result)
    {
        Begin(index, at, events);
        var reader = new MessagePackReader(command);
        Envelope header = default;
        var applied = !CommandReader.TryReadHeader(ref reader, out var kind, out header)
            ? new Applied(Refuse(RejectReason.MalformedCommand), 0)
            : LevelOf(header.Version, (int)kind) > FeatureLevel
                // Without a trace, as on a node of a build that does not know it.
                ? new Applied(Refuse(RejectReason.FeatureDisabled), 0)
                : IsOnRecord(kind) ? ApplyOnRecord(kind, in header, ref reader, command[reader.Consumed..])
                : ApplyCommand(kind, in header, ref reader, command[reader.Consumed..]);
        result.Write(_answer.Written);
        return applied;
    }

    /// <summary>Passes over an entry without a command (no-op, configuration).</summary>
    public void Skip(long index)
    {
        Invariant.Require(index > AppliedIndex, "entries are applied in the order of the log");
        AppliedIndex = index;
    }

    /// <summary>Moves log position and time on, and does what is due by then; every command starts with this.</summary>
    internal void Begin(long index, Timestamp at, EventBuffer events)
    {
        Skip(index);
        Invariant.Require(at.Microseconds >= Now.Microseconds, "time in the log never goes back");
        Now = at;
        if (!ReferenceEquals(_events, events) || !ReferenceEquals(events.Numbers, _eventNumbers))
        {
            _events = events; // Seldom another one; and a write of a reference is dearer than this test.
            events.Numbers = _eventNumbers;
        }

        _answer.Clear();
        _shown.Slot = -1;
        _shown.TradesBefore = long.MaxValue;
        if (_quietUntil <= at.Microseconds)
        {
            DoWhatIsDue();
        }
    }

    /// <summary>Recognises a retry; else executes, and remembers the answer if there is a key.</summary>
    private Applied ApplyCommand(
        CommandKind kind, in Envelope header, ref MessagePackReader reader, ReadOnlySpan<byte> content)
    {
        if (header.Key.IsEmpty)
        {
            return new Applied(Execute(kind, in header, ref reader, DeadlineBars(in header)), 0);
        }

        var hash = ContentHash.Wide((ulong)kind, content);
        if (_requests.Find(header.User, header.Key) is { } known)
        {
            ref readonly var entry = ref _requests[known];
            if (entry.Content != hash)
            {
                return new Applied(Execute(kind, in header, ref reader, RejectReason.RequestKeyReused), 0);
            }

            _requests.CopyResult(in entry, _answer);
            return new Applied((RejectReason)entry.Reason, entry.Index);
        }

        var barred = DeadlineBars(in header);
        if (barred == RejectReason.None && !_requests.HasRoom(Now.Microseconds))
        {
            barred = RejectReason.RequestTableFull;
        }

        var reason = Execute(kind, in header, ref reader, barred);
        if (barred == RejectReason.None && reason != RejectReason.MalformedCommand)
        {
            _requests.Remember(
                header.User, header.Key, hash, AppliedIndex, Now.Microseconds, reason, _answer.Written);
        }

        return new Applied(reason, 0);
    }

    private RejectReason DeadlineBars(in Envelope header) =>
        header.Deadline != 0 && Now.Microseconds > header.Deadline
            ? RejectReason.DeadlineExceeded
            : RejectReason.None;

    /// <summary>Decodes the content and carries it out, unless it is barred; writes the answer.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="header">Who sent it.</param>
    /// <param name="reader">At the content.</param>
    /// <param name="barred">Why it must have no effect whatever it says; None when it may.</param>
    private RejectReason Execute(
        CommandKind kind, in Envelope header, ref MessagePackReader reader, RejectReason barred) => kind switch
        {
            CommandKind.CreateAsset => ApplyCreateAsset(ref reader, barred),
            CommandKind.CreateAccount => ApplyCreateAccount(in header, ref reader, barred),
            CommandKind.Deposit => ApplyDeposit(in header, ref reader, barred),
            CommandKind.Withdraw => ApplyWithdraw(in header, ref reader, barred),
            CommandKind.ListInstrument => ApplyListInstrument(in header, ref reader, barred),
            CommandKind.UpdateInstrument => ApplyUpdateInstrument(in header, ref reader, barred),
            CommandKind.SetInstrumentStatus => ApplySetInstrumentStatus(ref reader, barred),
            CommandKind.PlaceOrder => ApplyPlaceOrder(in header, ref reader, barred),
            CommandKind.PlaceBatch => ApplyPlaceBatch(in header, ref reader, barred),
            CommandKind.AmendOrder => ApplyAmendOrder(in header, ref reader, barred),
            CommandKind.CancelOrder => ApplyCancelOrder(in header, ref reader, barred),
            CommandKind.CancelOrders => ApplyCancelOrders(in header, ref reader, barred),
            CommandKind.SetFeatureLevel => ApplySetFeatureLevel(ref reader, barred),
            // What is due by now was done before.
            CommandKind.Tick => Refuse(reader.IsAtEnd ? barred : RejectReason.MalformedCommand),
            CommandKind.SetCancelAfter => ApplySetCancelAfter(in header, ref reader, barred),
            CommandKind.CreatePredictionMarket => ApplyCreatePredictionMarket(ref reader, barred),
            CommandKind.UpdatePredictionMarket => ApplyUpdatePredictionMarket(ref reader, barred),
            CommandKind.DeletePredictionMarket => ApplyEndPredictionMarket(
                ref reader, barred, PredictionMarketStatus.Deleted),
            CommandKind.SetPredictionMarketStatus => ApplySetPredictionMarketStatus(ref reader, barred),
            CommandKind.ResolvePredictionMarket => ApplyResolvePredictionMarket(ref reader, barred),
            CommandKind.VoidPredictionMarket => ApplyEndPredictionMarket(
                ref reader, barred, PredictionMarketStatus.Voided),
            CommandKind.SplitSet => ApplySplitSet(in header, ref reader, barred),
            CommandKind.MergeSet => ApplyMergeSet(in header, ref reader, barred),
            CommandKind.OpenOrderSession => ApplyOpenOrderSession(in header, ref reader, barred),
            CommandKind.CloseOrderSession => ApplyCloseOrderSession(in header, ref reader, barred),
            CommandKind.RenewOrderSessions => ApplyRenewOrderSessions(ref reader, barred),
            >= CommandKind.Audited => ApplyIdentity(kind, in header, ref reader, barred),
            _ => ApplyBetting(kind, in header, ref reader, barred),
        };

    /// <summary>The sender's account: the named one, or for 0 the only one.</summary>
    /// <returns>0 when there is none; the reason says why.</returns>
    private int ResolveAccount(UserId user, AccountId named, out RejectReason reason)
    {
        if (named.Value == 0)
        {
            reason = RejectReason.AccountRequired;
            return _ledger.OnlyAccountOf(user.Value);
        }

        // An account of somebody else is not told apart from none: its existence is not disclosed.
        reason = RejectReason.AccountNotFound;
        return _ledger.HasAccount(named.Value) && Owns(user, (int)named.Value) ? (int)named.Value : 0;
    }

    /// <summary>Whether an account is the sender's. The local user, who is the only one where there is no
    /// authentication, may act on all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Owns(UserId user, int account) =>
        _ledger.Account(account).User == user.Value || IsLocal(user);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsLocal(UserId user) => user.Value == 0 && FeatureLevel >= FeatureLevels.Identity;

    /// <summary>Whom an order of an account does not trade with by mistake.</summary>
    private OwnAccounts OwnAccountsOf(int account) => new(_ledger, account, SharedUserOf(account));

    /// <summary>The user of an account who has others too, whose orders are own ones; 0 for most. Up to level 5 the
    /// account stands alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long SharedUserOf(int account)
    {
        ref readonly var own = ref _ledger.Account(account);
        return own.IsOneOfSeveral && FeatureLevel >= FeatureLevels.Identity ? own.User : 0;
    }

    /// <summary>Gives out the id of an order or a bet: one sequence for both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long NextOrderId()
    {
        var id = ++_lastOrder;
        if (OrderIndex.BeginsBlock(id))
        {
            MakeRoomFor(id);
        }

        return id;
    }

    // Both at the same time: else the first order after millions of bets would have to.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoomFor(long id)
    {
        _orderIndex.MoveOn(id);
        _betIndex.MoveOn(id);
    }

    private Instrument? InstrumentOrNull(int id) =>
        (uint)(id - 1) < (uint)_instruments.Count ? _instruments[id - 1] : null;
}
