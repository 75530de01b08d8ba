using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Listing an instrument.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: TextInvalid, AssetNotFound, SameAsset, TickSizeInvalid, LotSizeInvalid,
    /// FeeOutOfRange, InstrumentExists, LimitReached, OrderRuleOutOfRange, AssetIsOutcome.</summary>
    private RejectReason ApplyListInstrument(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!(reader.TryReadText(out var symbolBytes)
            & CommandReader.TryReadInt32(ref reader, out var baseAsset)
            & CommandReader.TryReadInt32(ref reader, out var quoteAsset)
            & reader.TryReadInteger(out var tick) & CommandReader.TryReadInt32(ref reader, out var tickScale)
            & reader.TryReadInteger(out var lot) & CommandReader.TryReadInt32(ref reader, out var lotScale)
            & CommandReader.TryReadInt32(ref reader, out var makerFee)
            & CommandReader.TryReadInt32(ref reader, out var takerFee)
            & TryReadRules(in header, ref reader, out var rules))
            || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !TextRules.IsInstrumentSymbol(symbolBytes))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.TextInvalid);
        }

        var symbol = System.Text.Encoding.ASCII.GetString(symbolBytes);
        var (tickSize, lotSize) = (new DecimalSize(tick, tickScale), new DecimalSize(lot, lotScale));
        var reason = CheckListing(symbol, baseAsset, quoteAsset, tickSize, lotSize, makerFee, takerFee, out var terms);
        if (reason != RejectReason.None || !rules.AreValid)
        {
            return Refuse(reason != RejectReason.None ? reason : RejectReason.OrderRuleOutOfRange);
        }

        if (_ledger.Asset(baseAsset).IsOutcome || _ledger.Asset(quoteAsset).IsOutcome)
        {
            return Refuse(RejectReason.AssetIsOutcome);
        }

        var instrument = AddInstrument(symbol, baseAsset, quoteAsset, tickSize, lotSize, terms, NewBook(_ladderPrices));
        instrument.MakerFeeBps = (short)makerFee;
        instrument.TakerFeeBps = (short)takerFee;
        instrument.Rules = rules;
        Changed(instrument);
        if (instrument.HasRules)
        {
            RulesChanged(instrument);
        }

        AnswerInstrument(instrument, canceled: 0);
        return RejectReason.None;
    }

    private static bool AreFeesValid(int makerFee, int takerFee) =>
        takerFee is >= 0 and <= Terms.WholeBps && makerFee <= Terms.WholeBps && makerFee >= -takerFee;

    private RejectReason CheckListing(
        string symbol, int baseAsset, int quoteAsset, DecimalSize tick, DecimalSize lot, int makerFee, int takerFee,
        out Terms terms)
    {
        terms = default;
        if (!_ledger.HasAsset(baseAsset) || !_ledger.HasAsset(quoteAsset))
        {
            return RejectReason.AssetNotFound;
        }

        if (baseAsset == quoteAsset)
        {
            return RejectReason.SameAsset;
        }

        var reason = Terms.TryCreate(
            tick, lot, _ledger.Asset(baseAsset).Scale, _ledger.Asset(quoteAsset).Scale, out terms);
        return reason != RejectReason.None ? reason
            : !AreFeesValid(makerFee, takerFee) ? RejectReason.FeeOutOfRange
            : _instrumentSymbols.Find(symbol) != 0 ? RejectReason.InstrumentExists
            : _instruments.Count >= _limits.MaxInstruments ? RejectReason.LimitReached
            : RejectReason.None;
    }

    private Instrument AddInstrument(
        string symbol, int baseAsset, int quoteAsset, DecimalSize tick, DecimalSize lot, Terms terms, OrderBook book)
    {
        var id = _instruments.Count + 1;
        var instrument = new Instrument(id, symbol, baseAsset, quoteAsset, tick, lot, terms, book);
        _instruments.Add(instrument);
        _instrumentSymbols.Add(symbol, id);
        return instrument;
    }

    /// <summary>An empty book.</summary>
    /// <param name="ladderPrices">0 for any prices; else those from 1 to this.</param>
    private OrderBook NewBook(int ladderPrices) => ladderPrices == 0
        ? new OrderBook<SortedLevels>(_orders, new SortedLevels(), new SortedLevels())
        : new OrderBook<LadderLevels>(
            _orders, new LadderLevels(OrderBook.KeyOf(Side.Buy, 1), ladderPrices),
            new LadderLevels(OrderBook.KeyOf(Side.Sell, ladderPrices), ladderPrices));

    private void Changed(Instrument instrument)
    {
        instrument.Version = AppliedIndex;
        _events.On(new InstrumentChanged(
            new InstrumentId(instrument.Id), instrument.Status, instrument.MakerFeeBps, instrument.TakerFeeBps));
    }

    private void RulesChanged(Instrument instrument) =>
        _events.On(new InstrumentRulesChanged(new InstrumentId(instrument.Id), instrument.Rules));

    /// <summary>Version 1 has no rules.</summary>
    private static bool TryReadRules(in Envelope header, ref MessagePackReader reader, out OrderRules rules)
    {
        rules = default;
        return header.Version == 1 || CommandReader.TryReadRules(ref reader, out rules);
    }
}
