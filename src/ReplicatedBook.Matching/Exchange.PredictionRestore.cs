using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Building prediction markets from a snapshot, and taking their image.</content>
public sealed partial class Exchange
{
    private FrozenMarkets FreezeMarkets() => new(
        _markets.ConvertAll(market => market.Copy()), _positions.Freeze(), [.. _unfinished]);

    /// <summary>Reads markets, whose instruments follow later.</summary>
    private void ReadMarkets(ref FieldReader fields)
    {
        for (var left = fields.Array(); left > 0; left--)
        {
            _unfinished.Add(fields.Int32());
        }

        var count = fields.Array();
        for (var id = 1; id <= count; id++)
        {
            var market = ReadMarket(ref fields, id);
            _markets.Add(market);
            _eventIds.Add(market.EventId, id);
            fields.Expect(
                (market.Stage != SettlingStage.None) == _unfinished.Contains(id), "the markets that are not over");
            if (market.MayTrade && market.ClosesAt != 0)
            {
                fields.Expect(market.ClosesAt > Now.Microseconds, "the time a market closes at");
                _closings.Add(id, market.ClosesAt, id);
            }

            for (var holders = fields.Array(); holders > 0; holders--)
            {
                ReadHolder(ref fields, market);
            }

            fields.Expect(market.Cursor <= market.Holders.Count, "the cursor of a market");
        }

        fields.Expect(_unfinished.TrueForAll(id => id >= 1 && id <= count), "the markets that are not over");
        NoteMarketsDue();
    }

    private PredictionMarket ReadMarket(ref FieldReader fields, int id)
    {
        var names = MarketLayout.ReadNames(ref fields);
        var outcomes = MarketLayout.ReadOutcomes(ref fields);
        var lastAsset = (long)names.FirstAsset + outcomes.Length - 1;
        fields.Expect(
            _eventIds.Find(names.EventId) == 0 && _ledger.HasAsset(names.Collateral) && names.FirstAsset >= 1
                && lastAsset <= _ledger.AssetCount
                && names.FirstInstrument > (id == 1 ? 0 : LastInstrumentOf(_markets[^1])),
            "the ids of a market");
        var reason = CheckWorth(
            names.TickSize, names.ShareScale, _ledger.Asset(names.Collateral).Scale, out var payoutTicks,
            out var terms);
        fields.Expect(reason == RejectReason.None, "the tick size of a market");
        var market = new PredictionMarket(
            id, names.EventId, names.Collateral, names.TickSize, names.ShareScale, payoutTicks, terms.TickUnits,
            names.FirstAsset, names.FirstInstrument, outcomes)
        {
            Title = names.Title,
            Category = names.Category,
            Description = names.Description,
            CreatedIndex = names.CreatedIndex,
            CreatedAt = names.CreatedAt,
        };
        for (var i = 0; i < outcomes.Length; i++)
        {
            var asset = _ledger.Asset(names.FirstAsset + i);
            fields.Expect(
                !asset.IsOutcome && asset.Scale == names.ShareScale
                    && string.Equals(asset.Symbol, SymbolOf(market, i), StringComparison.Ordinal),
                "the shares of an outcome");
            asset.IsOutcome = true;
        }

        MarketLayout.ReadCourse(ref fields, market);
        return market;
    }

    private static int LastInstrumentOf(PredictionMarket market) =>
        market.FirstInstrument + market.Outcomes.Length - 1;

    private void ReadHolder(ref FieldReader fields, PredictionMarket market)
    {
        var count = MarketLayout.ReadHolder(ref fields, out var account);
        fields.Expect(count > 0 && _ledger.HasAccount(account), "a holder");
        var (holders, lastOutcome) = (market.Holders.Count, -1);
        for (; count > 0; count--)
        {
            var read = MarketLayout.ReadPosition(ref fields);
            fields.Expect(read.Outcome > lastOutcome && read.Outcome < market.Outcomes.Length, "an outcome");
            lastOutcome = read.Outcome;
            var balance = _ledger.FindBalance(account, market.FirstAsset + read.Outcome);
            fields.Expect(
                balance >= 0 && _positions.Find(balance) < 0
                    && read.Cost <= (Int128)read.Quantity * market.SetUnits
                    && read.Quantity == (Int128)_ledger.Balance(balance).Available + _ledger.Balance(balance).Reserved,
                "a position");
            ref var position = ref _positions[_positions.Ensure(balance, account, market, read.Outcome)];
            (position.Quantity, position.Cost, position.Realized) = (read.Quantity, read.Cost, read.Realized);
        }

        fields.Expect(market.Holders.Count == holders + 1, "a holder");
    }

    /// <summary>The market that an instrument about to be read trades an outcome of; null for spot.</summary>
    private PredictionMarket? MarketOfInstrument(int id)
    {
        foreach (var market in _markets)
        {
            if (id >= market.FirstInstrument && id <= LastInstrumentOf(market))
            {
                return market;
            }
        }

        return null;
    }

    private static bool IsListedAs(in ListInstrument listing, PredictionMarket market, int outcome) =>
        string.Equals(listing.Symbol, SymbolOf(market, outcome), StringComparison.Ordinal)
        && listing.Base.Value == market.FirstAsset + outcome && listing.Quote.Value == market.Collateral
        && listing.TickSize == market.TickSize && listing.LotSize == new DecimalSize(1, market.ShareScale)
        && listing.MakerFeeBps >= 0;

    /// <summary>Adds what markets hold to what accounts own, and checks the supply of shares.</summary>
    /// <param name="fields">To complain.</param>
    /// <param name="owned">By asset, available and reserved.</param>
    private void RequireSoundMarkets(in FieldReader fields, Int128[] owned)
    {
        foreach (var market in _markets)
        {
            owned[market.Collateral - 1] += (Int128)market.Pool + market.Dust;
            var held = new Int128[market.Outcomes.Length];
            foreach (var holder in market.Holders)
            {
                for (var slot = holder.FirstPosition; slot >= 0; slot = _positions[slot].Next)
                {
                    held[_positions[slot].Outcome] += _positions[slot].Quantity;
                }
            }

            for (var i = 0; i < held.Length; i++)
            {
                ref var shares = ref owned[market.FirstAsset - 1 + i];
                fields.Expect(
                    held[i] == market.Outcomes[i].Supply && held[i] == shares, "the supply of an outcome");
                shares = 0; // They come from no outside.
            }

            fields.Expect(
                market.Status > PredictionMarketStatus.Closed
                    || market.Pool == (Int128)market.OpenInterest * market.SetUnits,
                "the collateral of a market");
            fields.Expect(HasSoundInstruments(market), "the instruments of a market");
        }
    }

    private bool HasSoundInstruments(PredictionMarket market)
    {
        if (LastInstrumentOf(market) > _instruments.Count)
        {
            return false;
        }

        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            var instrument = _instruments[market.FirstInstrument - 1 + i];
            if (instrument.Status != StatusOfInstruments(market.Status)
                || (market.Status <= PredictionMarketStatus.Closed
                    && market.Outcomes[i].Supply != market.Outcomes[0].Supply)
                || (market.Status > PredictionMarketStatus.Closed && market.Stage == SettlingStage.None
                    && market.Outcomes[i].Supply != 0))
            {
                return false;
            }
        }

        return true;
    }
}
