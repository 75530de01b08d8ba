using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Betting markets: what there is of them, and which command does what.</content>
public sealed partial class Exchange
{
    private readonly List<BettingMarket> _bettingMarkets = [];
    private readonly SymbolTable _bettingNames = new();
    private readonly PagedPool<Bet> _bets = new();
    private readonly PagedArray<ClientOrderId> _betNames = new();
    private readonly PagedRing<Bet> _closedBets;
    private readonly PagedArray<ClientOrderId> _closedBetNames = new();
    private readonly PagedRing<BetTrade> _betTrades;
    private readonly OrderIndex _betIndex = new();
    private readonly ClientOrderIndex _clientBets = new();
    private readonly DueQueue _pendingBets = new();
    private readonly PagedPool<Position> _betPositions = new();
    private readonly PagedPool<RunnerPosition> _runnerPositions = new();
    private readonly KeyIndex _positionIndex = new();
    private Bettor[] _bettors = [];
    private Shown _shownBet;

    private RejectReason ApplyBetting(
        CommandKind kind, in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        var reason = kind switch
        {
            CommandKind.PlaceBet => ApplyPlaceBet(in header, ref reader, barred),
            CommandKind.CancelBet => ApplyCancelBet(in header, ref reader, barred),
            CommandKind.CancelBets => ApplyCancelBets(in header, ref reader, barred),
            CommandKind.BatchCancelBets => ApplyBatchCancelBets(ref reader, barred),
            CommandKind.CreateBettingMarket => ApplyCreateBettingMarket(ref reader, barred),
            CommandKind.ChangeRunners => ApplyChangeRunners(ref reader, barred),
            CommandKind.SetBettingState => ApplySetBettingState(ref reader, barred),
            CommandKind.SetBettingPhase => ApplySetBettingPhase(ref reader, barred),
            CommandKind.VoidBettingTrades => ApplyVoidBettingTrades(ref reader, barred),
            CommandKind.SettleBettingMarket => ApplySettleBettingMarket(ref reader, barred),
            _ => ApplyVoidBettingMarket(ref reader, barred),
        };
        NoteBettingDue();
        return reason;
    }

    private BettingMarket? BettingMarketOrNull(int id) =>
        id >= 1 && id <= _bettingMarkets.Count ? _bettingMarkets[id - 1] : null;

    private static bool TryBatchSize(int given, out int size)
    {
        size = given == 0 ? SetBettingState.MaxBatch : given;
        return size is >= 1 and <= SetBettingState.MaxBatch;
    }

    /// <summary>What an account's bets come to; good until the next call.</summary>
    private ref Bettor BettorOf(int account)
    {
        if (account >= _bettors.Length)
        {
            GrowBettors(account + 1);
        }

        return ref _bettors[account];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowBettors(int needed)
    {
        var first = _bettors.Length;
        Array.Resize(ref _bettors, Math.Max(needed, Math.Max(16, first * 2)));
        for (var i = first; i < _bettors.Length; i++)
        {
            _bettors[i].Open = OrderChain.Empty;
        }
    }

    /// <summary>Slot of an account's position in a market; -1 when it has none.</summary>
    private int FindPosition(int account, int market)
    {
        ref var bettor = ref BettorOf(account);
        if (bettor.LastMarket == market)
        {
            return bettor.LastPosition;
        }

        var slot = _positionIndex.Find(PositionKey(account, market));
        if (slot >= 0)
        {
            (bettor.LastMarket, bettor.LastPosition) = (market, slot);
        }

        return slot;
    }

    private static long PositionKey(int account, int market) => ((long)account << 32) | (uint)market;

    private int EnsurePosition(int account, BettingMarket market)
    {
        var slot = FindPosition(account, market.Id);
        if (slot >= 0)
        {
            return slot;
        }

        slot = _betPositions.Take();
        _betPositions.Edit(slot) = new Position
        {
            Account = account,
            Market = market.Id,
            Balance = _ledger.EnsureBalance(account, market.Given.Currency.Value),
            FirstRunner = -1,
            Next = -1,
        };
        _positionIndex.Add(PositionKey(account, market.Id), slot);
        if (market.Positions.Last >= 0)
        {
            _betPositions.Edit(market.Positions.Last).Next = slot;
        }
        else
        {
            market.Positions.First = slot;
        }

        market.Positions.Last = slot;
        market.Positions.Count++;
        return slot;
    }

    /// <summary>Slot of what a position has on a runner; -1 when it has nothing.</summary>
    private int FindRunnerPosition(int position, int runner)
    {
        var slot = _betPositions[position].FirstRunner;
        while (slot >= 0 && _runnerPositions[slot].Runner != runner)
        {
            slot = _runnerPositions[slot].Next;
        }

        return slot;
    }

    private int EnsureRunnerPosition(int position, int runner)
    {
        var found = FindRunnerPosition(position, runner);
        if (found >= 0)
        {
            return found;
        }

        var slot = _runnerPositions.Take();
        _runnerPositions.Edit(slot) = new RunnerPosition { Runner = runner, Next = -1 };
        var last = _betPositions[position].FirstRunner;
        if (last < 0)
        {
            _betPositions.Edit(position).FirstRunner = slot;
            return slot;
        }

        while (_runnerPositions[last].Next >= 0)
        {
            last = _runnerPositions[last].Next;
        }

        _runnerPositions.Edit(last).Next = slot;
        return slot;
    }

    private void Changed(BettingMarket market)
    {
        var changed = new BettingMarketChanged(
            new BettingMarketId(market.Id), market.State, market.Phase, market.Version);
        _events.On(in changed);
    }
}
