using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Creating and describing prediction markets.</content>
public sealed partial class Exchange
{
    private readonly List<PredictionMarket> _markets = [];
    private readonly SymbolTable _eventIds = new();

    /// <summary>Checked in this order: TextInvalid, OutcomeCountOutOfRange, OutcomeExists, then as
    /// <see cref="CheckMarket"/> says.</summary>
    private RejectReason ApplyCreatePredictionMarket(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out CreatePredictionMarket command, out var areTextsValid))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred != RejectReason.None ? barred
            : !areTextsValid ? RejectReason.TextInvalid
            : command.Outcomes.Count is < CreatePredictionMarket.MinOutcomes or > CreatePredictionMarket.MaxOutcomes
                ? RejectReason.OutcomeCountOutOfRange
            : HasTwice(command.Outcomes, static outcome => outcome.Id) ? RejectReason.OutcomeExists
            : CheckMarket(in command, out _, out _);
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        CheckMarket(in command, out var payoutTicks, out var terms);
        var market = AddMarket(in command, payoutTicks, terms.TickUnits);
        market.Status = command.IsPending ? PredictionMarketStatus.Pending : PredictionMarketStatus.Active;
        SetClosing(market, command.ClosesAt.Microseconds);
        Described(market);
        Changed(market);
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            _ledger.AddAsset(new Asset(SymbolOf(market, i), market.ShareScale) { IsOutcome = true });
            _assetSymbols.Add(SymbolOf(market, i), market.FirstAsset + i);
            var instrument = AddOutcome(market, i, terms);
            instrument.MakerFeeBps = (short)command.MakerFeeBps;
            instrument.TakerFeeBps = (short)command.TakerFeeBps;
            instrument.Status = StatusOfInstruments(market.Status);
            _events.On(new AssetChanged(new AssetId(market.FirstAsset + i), market.ShareScale));
            _events.On(new OutcomeListed(
                new PredictionMarketId(market.Id), i, new InstrumentId(instrument.Id),
                new AssetId(market.FirstAsset + i), market.Outcomes[i].Id, market.Outcomes[i].Title));
            Changed(instrument);
        }

        return AnswerMarket(market);
    }

    /// <summary>Checked in this order: PredictionMarketNotFound, VersionMismatch, TextInvalid, AlreadyResolved,
    /// MarketStateConflict (the time of closing of a closed market), ClosingNotInFuture.</summary>
    private RejectReason ApplyUpdatePredictionMarket(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out UpdatePredictionMarket command, out var areTextsValid))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = FindMarket(command.Market.Value, command.ExpectedVersion, barred, out var market);
        if (reason == RejectReason.None)
        {
            reason = !areTextsValid ? RejectReason.TextInvalid
                : market!.Status > PredictionMarketStatus.Closed ? RejectReason.AlreadyResolved
                : command.ClosesAt is not { } closesAt ? RejectReason.None
                : !market.MayTrade ? RejectReason.MarketStateConflict
                : closesAt.Microseconds != 0 && closesAt.Microseconds <= Now.Microseconds
                    ? RejectReason.ClosingNotInFuture
                : RejectReason.None;
        }

        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        market!.Title = command.Title ?? market.Title;
        market.Category = command.Category ?? market.Category;
        market.Description = command.Description ?? market.Description;
        if (command.ClosesAt is { } closing)
        {
            SetClosing(market, closing.Microseconds);
        }

        Described(market);
        Changed(market);
        return AnswerMarket(market);
    }

    /// <summary>Whether two have one name.</summary>
    private static bool HasTwice<T, TName>(IReadOnlyList<T> items, Func<T, TName> nameOf)
        where TName : IEquatable<TName>
    {
        for (var i = 1; i < items.Count; i++)
        {
            var name = nameOf(items[i]);
            for (var j = 0; j < i; j++)
            {
                if (name.Equals(nameOf(items[j])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Checked in this order: AssetNotFound, AssetIsOutcome, TickSizeInvalid, PayoutNotWholeTicks,
    /// ShareScaleInvalid, FeeOutOfRange, ClosingNotInFuture, EventExists, InstrumentExists, LimitReached.</summary>
    /// <param name="command">Whose texts and outcomes are as they should be.</param>
    /// <param name="payoutTicks">Ticks of a whole unit.</param>
    /// <param name="terms">What ticks and lots are worth.</param>
    private RejectReason CheckMarket(in CreatePredictionMarket command, out long payoutTicks, out Terms terms)
    {
        (payoutTicks, terms) = (0, default);
        if (!_ledger.HasAsset(command.Collateral.Value))
        {
            return RejectReason.AssetNotFound;
        }

        var collateral = _ledger.Asset(command.Collateral.Value);
        if (collateral.IsOutcome)
        {
            return RejectReason.AssetIsOutcome;
        }

        var reason = CheckWorth(
            command.TickSize, command.ShareScale, collateral.Scale, out payoutTicks, out terms);
        return reason != RejectReason.None ? reason
            : command.MakerFeeBps < 0 || !AreFeesValid(command.MakerFeeBps, command.TakerFeeBps)
                ? RejectReason.FeeOutOfRange
            : command.ClosesAt.Microseconds != 0 && command.ClosesAt.Microseconds <= Now.Microseconds
                ? RejectReason.ClosingNotInFuture
            : _eventIds.Find(command.EventId) != 0 ? RejectReason.EventExists
            : IsSymbolTaken(in command) ? RejectReason.InstrumentExists
            : _instruments.Count > _limits.MaxInstruments - command.Outcomes.Count
                || _ledger.AssetCount > _limits.MaxAssets - command.Outcomes.Count
                ? RejectReason.LimitReached
            : RejectReason.None;
    }

    /// <summary>Checked in this order: TickSizeInvalid, PayoutNotWholeTicks, ShareScaleInvalid.</summary>
    private static RejectReason CheckWorth(
        DecimalSize tick, int shareScale, int collateralScale, out long payoutTicks, out Terms terms)
    {
        payoutTicks = 0;
        var scale = shareScale is >= 0 and <= 12 ? shareScale : 0;
        var reason = Terms.TryCreate(tick, new DecimalSize(1, scale), scale, collateralScale, out terms);
        return reason != RejectReason.None ? reason
            : !TryPayoutTicks(tick, out payoutTicks) ? RejectReason.PayoutNotWholeTicks
            : scale != shareScale || terms.TickUnits == 0 ? RejectReason.ShareScaleInvalid
            : RejectReason.None;
    }

    private static bool TryPayoutTicks(DecimalSize tick, out long ticks)
    {
        var unit = 1L;
        for (var i = 0; i < tick.Scale; i++)
        {
            unit *= 10;
        }

        ticks = unit / tick.Mantissa;
        return ticks is >= 2 and <= CreatePredictionMarket.MaxPayoutTicks && ticks * tick.Mantissa == unit;
    }

    private bool IsSymbolTaken(in CreatePredictionMarket command)
    {
        for (var i = 0; i < command.Outcomes.Count; i++)
        {
            if (_instrumentSymbols.Find($"{command.EventId}:{command.Outcomes[i].Id}") != 0)
            {
                return true;
            }
        }

        return false;
    }

    private PredictionMarket AddMarket(in CreatePredictionMarket command, long payoutTicks, long tickUnits)
    {
        var outcomes = new Outcome[command.Outcomes.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = new Outcome { Id = command.Outcomes[i].Id, Title = command.Outcomes[i].Title };
        }

        var market = new PredictionMarket(
            _markets.Count + 1, command.EventId, command.Collateral.Value, command.TickSize, command.ShareScale,
            payoutTicks, tickUnits, _ledger.AssetCount + 1, _instruments.Count + 1, outcomes)
        {
            Title = command.Title,
            Category = command.Category,
            Description = command.Description,
            CreatedIndex = AppliedIndex,
            CreatedAt = Now.Microseconds,
        };
        _markets.Add(market);
        _eventIds.Add(market.EventId, market.Id);
        return market;
    }

    private static string SymbolOf(PredictionMarket market, int outcome) =>
        $"{market.EventId}:{market.Outcomes[outcome].Id}";

    /// <summary>Lists an outcome; the second of two shares the book of the first.</summary>
    private Instrument AddOutcome(PredictionMarket market, int outcome, Terms terms)
    {
        var canonical = market.IsBinary && outcome == 1 ? _instruments[market.FirstInstrument - 1] : null;
        var instrument = AddInstrument(
            SymbolOf(market, outcome), market.FirstAsset + outcome, market.Collateral, market.TickSize,
            new DecimalSize(1, market.ShareScale), terms,
            canonical?.Book ?? NewBook((int)market.PayoutTicks - 1));
        instrument.Join(market, outcome, canonical, _orders);
        _eventNumbers.Add(market, instrument.Id, market.FirstAsset + outcome);
        return instrument;
    }

    private PredictionMarket? MarketOrNull(int id) =>
        id >= 1 && id <= _markets.Count && _markets[id - 1].Status != PredictionMarketStatus.Deleted
            ? _markets[id - 1]
            : null;

    /// <summary>Checked in this order: PredictionMarketNotFound, VersionMismatch.</summary>
    private RejectReason FindMarket(
        int id, long expectedVersion, RejectReason barred, out PredictionMarket? market)
    {
        market = MarketOrNull(id);
        return barred != RejectReason.None ? barred
            : market is null ? RejectReason.PredictionMarketNotFound
            : expectedVersion != 0 && expectedVersion != market.Version ? RejectReason.VersionMismatch
            : RejectReason.None;
    }

    private void Described(PredictionMarket market) => _events.On(new PredictionMarketDescribed(
        new PredictionMarketId(market.Id), market.EventId, new AssetId(market.Collateral), market.Title,
        market.Category, market.Description));

    private void Changed(PredictionMarket market)
    {
        market.Version = AppliedIndex;
        _events.On(new PredictionMarketChanged(
            new PredictionMarketId(market.Id), market.Status, new Timestamp(market.ClosesAt)));
    }

    private RejectReason AnswerMarket(PredictionMarket market)
    {
        ResultLayout.Market(_answer, ViewOf(market));
        return RejectReason.None;
    }
}
