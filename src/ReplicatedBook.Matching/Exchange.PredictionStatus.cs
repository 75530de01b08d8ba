using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Opening, pausing, closing, resolving, voiding and deleting prediction markets.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: PredictionMarketNotFound, VersionMismatch, AlreadyResolved,
    /// MarketStateConflict.</summary>
    private RejectReason ApplySetPredictionMarketStatus(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out SetPredictionMarketStatus command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = FindMarket(command.Market.Value, command.ExpectedVersion, barred, out var market);
        if (reason == RejectReason.None)
        {
            reason = market!.Status > PredictionMarketStatus.Closed ? RejectReason.AlreadyResolved
                : !MayBecome(market.Status, command.Status) ? RejectReason.MarketStateConflict
                : RejectReason.None;
        }

        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        SetStatus(market!, command.Status);
        SettleMarkets();
        return AnswerMarket(market!);
    }

    /// <summary>Checked in this order: PredictionMarketNotFound, VersionMismatch, AlreadyResolved, MarketStateConflict
    /// (pending), OutcomeNotFound, PayoutsInvalid.</summary>
    private RejectReason ApplyResolvePredictionMarket(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out ResolvePredictionMarket command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = FindMarket(command.Market.Value, command.ExpectedVersion, barred, out var market);
        if (reason == RejectReason.None)
        {
            reason = market!.Status > PredictionMarketStatus.Closed ? RejectReason.AlreadyResolved
                : market.Status == PredictionMarketStatus.Pending ? RejectReason.MarketStateConflict
                : CheckPayouts(market, in command);
        }

        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        SetStatus(market!, PredictionMarketStatus.Resolved);
        SetPayouts(market!, in command);
        SettleMarkets();
        return AnswerMarket(market!);
    }

    /// <summary>Voids or deletes a market. Checked in this order: PredictionMarketNotFound, VersionMismatch,
    /// AlreadyResolved, MarketHasTrades (when it is to be deleted).</summary>
    private RejectReason ApplyEndPredictionMarket(
        ref MessagePackReader reader, RejectReason barred, PredictionMarketStatus status)
    {
        if (!CommandReader.TryReadMarket(ref reader, out var id, out var expectedVersion))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = FindMarket(id, expectedVersion, barred, out var market);
        if (reason == RejectReason.None)
        {
            reason = market!.Status > PredictionMarketStatus.Closed ? RejectReason.AlreadyResolved
                : status == PredictionMarketStatus.Deleted && HasTrades(market) ? RejectReason.MarketHasTrades
                : RejectReason.None;
        }

        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        SetStatus(market!, status);
        SettleMarkets();
        return AnswerMarket(market!);
    }

    private static bool MayBecome(PredictionMarketStatus from, PredictionMarketStatus to) => to switch
    {
        PredictionMarketStatus.Active => from is PredictionMarketStatus.Pending or PredictionMarketStatus.Paused,
        PredictionMarketStatus.Paused => from == PredictionMarketStatus.Active,
        PredictionMarketStatus.Closed => from < PredictionMarketStatus.Closed,
        _ => false,
    };

    private bool HasTrades(PredictionMarket market)
    {
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            if (_instruments[market.FirstInstrument - 1 + i].LastTrade != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static InstrumentStatus StatusOfInstruments(PredictionMarketStatus status) => status switch
    {
        PredictionMarketStatus.Active => InstrumentStatus.Open,
        PredictionMarketStatus.Pending or PredictionMarketStatus.Paused => InstrumentStatus.Halted,
        _ => InstrumentStatus.Closed,
    };

    /// <summary>Sets a market's status and with it its instruments'. From this moment no order of a market that is no
    /// longer active trades; what its end still has to do is put in line.</summary>
    private void SetStatus(PredictionMarket market, PredictionMarketStatus status)
    {
        if (market.MayTrade && status > PredictionMarketStatus.Paused && market.ClosesAt != 0)
        {
            _closings.Remove(market.Id);
        }

        market.Status = status;
        Changed(market);
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            var instrument = _instruments[market.FirstInstrument - 1 + i];
            if (instrument.Status != StatusOfInstruments(status))
            {
                instrument.Status = StatusOfInstruments(status);
                Changed(instrument);
            }
        }

        if (status > PredictionMarketStatus.Closed)
        {
            market.EndedAt = Now.Microseconds;
        }

        if (status >= PredictionMarketStatus.Closed)
        {
            BeginSettling(market);
        }

        NoteMarketsDue();
    }

    private static RejectReason CheckPayouts(PredictionMarket market, in ResolvePredictionMarket command)
    {
        if (command.Winner.Length != 0)
        {
            return OutcomeOf(market, command.Winner) < 0 ? RejectReason.OutcomeNotFound
                : command.Payouts.Count != 0 ? RejectReason.PayoutsInvalid
                : RejectReason.None;
        }

        if (command.Payouts.Count != market.Outcomes.Length)
        {
            return RejectReason.PayoutsInvalid;
        }

        var sum = (Int128)0;
        for (var i = 0; i < command.Payouts.Count; i++)
        {
            if (command.Payouts[i] < 0)
            {
                return RejectReason.PayoutsInvalid;
            }

            sum += command.Payouts[i];
        }

        return sum < 1 || sum > ResolvePredictionMarket.MaxDenominator
            ? RejectReason.PayoutsInvalid
            : RejectReason.None;
    }

    private static int OutcomeOf(PredictionMarket market, string id)
    {
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            if (string.Equals(market.Outcomes[i].Id, id, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private void SetPayouts(PredictionMarket market, in ResolvePredictionMarket command)
    {
        var winner = OutcomeOf(market, command.Winner);
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            market.Outcomes[i].Payout = winner < 0 ? command.Payouts[i] : i == winner ? 1 : 0;
        }

        var denominator = market.PayoutDenominator;
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            _events.On(new OutcomePayoutSet(
                new PredictionMarketId(market.Id), i, market.Outcomes[i].Payout, denominator));
        }
    }
}
