using System.Buffers;
using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Results of prediction markets.</content>
internal static partial class ResultLayout
{
    /// <summary>Fields of a market.</summary>
    public const int MarketFields = 24;

    /// <summary>Fields of an outcome.</summary>
    public const int OutcomeFields = 9;

    /// <summary>Fields of a split or merge.</summary>
    public const int SetFields = 7;

    /// <summary>A market. Seldom written, so that it may be from a view.</summary>
    public static void Market(IBufferWriter<byte> destination, PredictionMarketView market)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(2 + MarketFields);
        writer.WriteInteger(PredictionVersion);
        writer.WriteInteger((long)ResultShape.PredictionMarket);
        writer.WriteInteger(market.Id.Value);
        writer.WriteText(market.EventId);
        writer.WriteText(market.Title);
        writer.WriteText(market.Category);
        writer.WriteText(market.Description);
        writer.WriteInteger(market.Collateral.Id.Value);
        writer.WriteText(market.Collateral.Symbol);
        writer.WriteInteger(market.Collateral.Scale);
        writer.WriteInteger(market.TickSize.Mantissa);
        writer.WriteInteger(market.TickSize.Scale);
        writer.WriteInteger(market.PayoutTicks);
        writer.WriteInteger(market.ShareScale);
        writer.WriteInteger((long)market.Status);
        writer.WriteInteger(market.ClosesAt?.Microseconds ?? 0);
        writer.WriteInteger(market.CreatedAt.Microseconds);
        writer.WriteInteger(market.CreatedIndex);
        writer.WriteInteger(market.EndedAt?.Microseconds ?? 0);
        writer.WriteInteger(market.Version);
        writer.WriteInteger(market.Pool.Units);
        writer.WriteInteger(market.Dust.Units);
        writer.WriteBoolean(market.IsUnfinished);
        writer.WriteInteger(market.OrdersCanceled);
        writer.WriteInteger(market.AccountsPaid);
        writer.WriteArrayHeader(market.Outcomes.Count);
        foreach (var outcome in market.Outcomes)
        {
            writer.WriteArrayHeader(OutcomeFields);
            writer.WriteText(outcome.Id);
            writer.WriteText(outcome.Title);
            writer.WriteInteger(outcome.Instrument.Value);
            writer.WriteInteger(outcome.Asset.Value);
            writer.WriteInteger(outcome.Supply.Lots);
            writer.WriteInteger(outcome.LastPrice?.Ticks ?? 0);
            writer.WriteInteger(outcome.BestBid?.Ticks ?? 0);
            writer.WriteInteger(outcome.BestAsk?.Ticks ?? 0);
            writer.WriteInteger(outcome.Payout);
        }

        writer.Flush();
    }

    /// <summary>A split or merge.</summary>
    public static void Set(
        ref PackedSpan packed, int market, int account, long lots, long units, in Balance balance)
    {
        Begin(ref packed, ResultShape.Set, SetFields, PredictionVersion);
        packed.Integer(market);
        packed.Integer(account);
        packed.Integer(lots);
        packed.Integer(units);
        packed.Integer(balance.Asset);
        packed.Integer(balance.Available);
        packed.Integer(balance.Reserved);
    }
}
