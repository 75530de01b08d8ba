using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>Makes requests in bursts: several under way at once, then time to think. Each operation draws from a stream
/// of its own.</summary>
internal sealed class SimulatedClient
{
    private const int PreparationSteps = 4;
    private const int OpeningSteps = 3;
    private const int MarketsPerMille = 450;
    private const int SessionsPerMille = 100;
    private const int IdentityPerMille = 60;
    private const int AnswersAfterFaults = 16;
    private const long TimeAfterFaults = 2_000_000; // Some clusters have limits so tiny that they are slow for ever.
    private readonly World _world;
    private readonly Market _market;
    private readonly Workload _workload;
    private readonly List<ClientRequest> _finished = [];
    private readonly HashSet<string> _waiting = [];
    private int _opening; // Steps done, as far as it needs them for itself.
    private int _setups;
    private int _operations;
    private int _underWay;
    private int _answeredSinceHealing;

    /// <summary>A client that does nothing until <see cref="Begin"/>.</summary>
    public SimulatedClient(World world, Market market, int number)
    {
        _world = world;
        _market = market;
        Number = number;
        _workload = new Workload(number, world.Plan.MaxBatch);
        Target = 1 + (number % world.Plan.Nodes);
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>Operations begun or left out so far.</summary>
    public int Operations => _operations;

    /// <summary>Number of the node it asks first.</summary>
    public int Target { get; set; }

    /// <summary>Whether it makes no more requests.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether nothing of it is under way.</summary>
    public bool IsIdle => _underWay == 0;

    /// <summary>Whether it may give up: not on what all the rest needs.</summary>
    public bool MayGiveUp => _operations > 0;

    /// <summary>What it waits for, for people.</summary>
    public string Waiting => string.Join(" ", _waiting.Order(StringComparer.Ordinal));

    /// <summary>Begins with its first request.</summary>
    public void Begin()
    {
        IsDone = Number > 1 && _world.Schedule.IsLast(Number, 0);
        if (!IsDone)
        {
            After(Draw("begin", 0).Between(0, 200_000), Prepare);
        }
    }

    /// <summary>Notes that something is under way.</summary>
    public void Started(string what)
    {
        _underWay++;
        _waiting.Add(what);
    }

    /// <summary>Something that was under way is over; when nothing is, thinks and goes on.</summary>
    public void Ended(string what)
    {
        _underWay--;
        _waiting.Remove(what);
        _answeredSinceHealing += _world.IsHealthy ? 1 : 0;
        if (_underWay > 0)
        {
            return;
        }

        if (_operations == 0)
        {
            After(1_000, Prepare);
            return;
        }

        var think = _world.IsHealthy ? Math.Min(_world.Plan.ThinkTime, 20_000) : _world.Plan.ThinkTime;
        After(Draw("think", _operations).Between(think / 4, think * 7 / 4), BeginBurst);
    }

    /// <summary>A request has its final answer.</summary>
    public void Finished(ClientRequest request, Proposal answer)
    {
        request.Answer ??= answer;
        var isDone = answer.Applied.Reason == RejectReason.None;
        if (answer.Applied.Reason != RejectReason.RequestTableFull)
        {
            _finished.Add(request); // The others' keys are remembered, or may not be executed any more.
        }

        _world.Counters.Count(
            Sometimes.RefreshTokensReused, answer.Applied.Reason == RejectReason.RefreshReused ? 1 : 0);
        if (answer.Applied.Reason == RejectReason.OrderSessionEnded)
        {
            _world.Counters.Count(Sometimes.OrdersRefusedForTheirSession);
            _market.SessionsOf(Number).Clear();
        }

        if (isDone)
        {
            var outcome = ResultCodec.Read(answer.Result.Span);
            _world.Counters.Count(Sometimes.Trades, outcome.Fills.Count);
            _world.Counters.Count(Sometimes.OrdersWithOptions, HasOptions(outcome.Order) ? 1 : 0);
            NoteMarkets(outcome);
            NoteSessions(request, outcome);
            _workload.Account = outcome.Account is { } account && _operations == 0 ? account.Id : _workload.Account;
        }

        if (_operations == 0 && isDone)
        {
            _ = _market.PreparedSteps < PreparationSteps ? _market.PreparedSteps++ : _opening++;
            if (_opening == 1)
            {
                _market.Accounts.Add(_workload.Account);
            }
        }
    }

    /// <summary>A stream of this client.</summary>
    public RandomStream Draw(string purpose, long occurrence) => _world.Chance(purpose, Number, occurrence);

    private long Deadline => _world.Plan.Deadline == 0 ? 0 : _world.Observer.Log.Now + _world.Plan.Deadline;

    /// <summary>One step after the other until it can trade; again, with a new key, where it came too late.</summary>
    private void Prepare()
    {
        if (_market.PreparedSteps < PreparationSteps)
        {
            if (Number == 1)
            {
                Ask(_workload.Preparation(_market.PreparedSteps, ++_setups, Deadline));
            }
            else
            {
                After(50_000, Prepare);
            }
        }
        else if (_opening < OpeningSteps)
        {
            Ask(_workload.Opening(_opening, ++_setups, Deadline));
        }
        else
        {
            BeginBurst();
        }
    }

    private void BeginBurst()
    {
        var isLate = _world.Scheduler.Now > _world.Plan.FaultTime + TimeAfterFaults;
        if (IsDone || (_world.IsHealthy && _answeredSinceHealing >= (isLate ? 1 : AnswersAfterFaults)))
        {
            IsDone = true;
            return;
        }

        var burst = Draw("burst", _operations).Skewed(1, _world.Plan.Pipeline);
        for (var i = 0; i < burst && !IsDone; i++)
        {
            IsDone = _world.Schedule.IsLast(Number, _operations);
            if (_world.Schedule.Keeps(Number, ++_operations))
            {
                BeginOperation(_operations);
            }
        }

        if (_underWay == 0 && !IsDone)
        {
            After(_world.Plan.ThinkTime, BeginBurst);
        }
    }

    private void BeginOperation(int number)
    {
        var chance = Draw("operation", number);
        var kind = chance.Number(0, 99);
        var isFaulty = _world.Plan.Has(FaultClass.ClientFaults);
        if (kind < 8)
        {
            var account = chance.Chance(700) ? _market.Accounts[chance.Position(_market.Accounts.Count)] : default;
            new StrongRead(_world, this, number, account).Begin();
        }
        else if (kind < 14)
        {
            ReadWeak(number, chance);
        }
        else if (kind is >= 19 and < 27)
        {
            var account = _market.Accounts[chance.Position(_market.Accounts.Count)];
            Ask(_workload.Counting(number, Deadline, account, chance));
        }
        else if (kind < 17 && isFaulty && _finished.Count > 0)
        {
            Ask(_finished[chance.Position(_finished.Count)], isRepeat: true);
        }
        else if (kind < 19 && isFaulty && _finished.FindLast(request => !request.IsForeign) is { } last)
        {
            Ask(_workload.WithKeyOf(last, number));
        }
        else if (_world.Observer.Log.FeatureLevel >= FeatureLevels.OrderSessions
            && Draw("session", number) is var session && session.Chance(SessionsPerMille))
        {
            Ask(_workload.Sessions(number, _market, _world.Observer.Log.State.Exchange, Deadline, session));
        }
        else if (_world.Observer.Log.FeatureLevel >= FeatureLevels.Identity
            && Draw("identity", number) is var identity && identity.Chance(IdentityPerMille))
        {
            Ask(_workload.Identity(
                number, _world.Observer.Log.State.Exchange, _market.Accounts, Deadline, identity));
        }
        else if (_world.Observer.Log.FeatureLevel is >= FeatureLevels.PredictionMarkets and var level
            && Draw("market", number) is var market && market.Chance(MarketsPerMille))
        {
            Ask(_workload.MarketTrading(number, level, _market, _world.Observer.Log.Now, Deadline, market));
        }
        else
        {
            var hasOptions = _world.Observer.Log.FeatureLevel >= FeatureLevels.OrderOptions;
            Ask(_workload.Trading(number, _world.Observer.Log.Now, hasOptions, Deadline, chance));
        }
    }

    private void Ask(ClientRequest request, bool isRepeat = false)
    {
        if (!isRepeat)
        {
            _world.Observer.History.Begin(request);
        }

        new RequestUnderWay(_world, this, request, isRepeat).Begin();
    }

    private void NoteMarkets(CommandOutcome outcome)
    {
        var (prediction, betting) = (outcome.PredictionMarket, outcome.BettingMarket);
        _market.PredictionMarkets = Math.Max(_market.PredictionMarkets, prediction?.Id.Value ?? 0);
        _market.BettingMarkets = Math.Max(_market.BettingMarkets, betting?.Id.Value ?? 0);
        var counters = _world.Counters;
        counters.Count(Sometimes.SetsSplitOrMerged, outcome.Set is null ? 0 : 1);
        counters.Count(
            Sometimes.TradesOfOutcomes, outcome.Order?.Instrument.Value > 1 ? outcome.Fills.Count : 0);
        counters.Count(
            Sometimes.PredictionMarketsEnded, prediction?.Status > PredictionMarketStatus.Closed ? 1 : 0);
        counters.Count(Sometimes.TradesOfBets, outcome.BetFills.Count);
        counters.Count(
            Sometimes.BettingMarketsEnded, betting?.State > BettingMarketState.Closed ? 1 : 0);
        counters.Count(Sometimes.BettingWorkOverSeveralEntries, betting?.IsBatchUnderWay is true ? 1 : 0);
    }

    private void NoteSessions(ClientRequest request, CommandOutcome outcome)
    {
        var counters = _world.Counters;
        switch (CommandCodec.KindOf(request.Command))
        {
            case CommandKind.OpenOrderSession:
                _market.SessionsOf(Number).Add((outcome.OrderSession, request.Group.User));
                counters.Count(Sometimes.OrderSessionsOpened);
                break;
            case CommandKind.CloseOrderSession:
                counters.Count(Sometimes.OrdersCanceledWithTheirSession, outcome.OrderSessionCount);
                break;
            case CommandKind.RenewOrderSessions:
                counters.Count(Sometimes.OrderSessionsRenewed, outcome.OrderSessionCount);
                break;
        }

        counters.Count(Sometimes.UsersCreatedOrChanged, outcome.User is null ? 0 : 1);
        counters.Count(Sometimes.UserSessionsOpenedOrRotated, outcome.Session is null ? 0 : 1);
        counters.Count(Sometimes.Transfers, outcome.Transfer is null ? 0 : 1);
    }

    private static bool HasOptions(OrderView? order) => order is not null
        && (order.ExpiresAt.Microseconds | order.DisplayQuantity.Lots | order.StopPrice.Ticks
            | order.QuoteQuantity.Units) != 0;

    private void ReadWeak(int number, RandomStream chance)
    {
        var node = _world.Observer.Pick(chance);
        node.ReadWeak(index =>
        {
            _world.Counters.Count(index >= 0 ? Sometimes.WeakReads : Sometimes.WeakReadsRefused);
            if (index >= 0)
            {
                _world.Observer.WeakReadAnswered(node, index);
            }
        });
        var what = $"weak read {number}";
        Started(what);
        After(1_000, () => Ended(what));
    }

    private void After(long delay, Action action) => _world.Scheduler.After(delay, action);
}
