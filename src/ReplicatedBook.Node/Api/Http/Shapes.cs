using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Assets, accounts, instruments, trades and receipts as clients see them.</summary>
internal static class Shapes
{
    public static AssetResponse Of(AssetView asset, Receipt? receipt) => new(asset.Symbol, asset.Scale, receipt);

    public static AccountResponse Of(AccountView account, Receipt? receipt) => new(
        IdText.Of(account.Id), IdText.Of(account.User), account.Label, TimeText.Of(account.CreatedAt),
        account.CancelAfterAt is { } at ? TimeText.Of(at) : null, receipt);

    public static CancelAfterResponse OfCancelAfter(CommandOutcome outcome, Receipt? receipt) => new(
        IdText.Of(outcome.CancelAfterAccount),
        outcome.CancelAfterAt.Microseconds == 0 ? null : TimeText.Of(outcome.CancelAfterAt), receipt);

    public static BalanceResponse Of(BalanceView balance, AssetView asset) => new(
        asset.Symbol,
        DecimalText.Format((Int128)balance.Available.Units + balance.Reserved.Units, asset.Scale),
        DecimalText.Format(balance.Available.Units, asset.Scale),
        DecimalText.Format(balance.Reserved.Units, asset.Scale));

    /// <summary>A word of API.md 2.3.</summary>
    public static string TypeOf(InstrumentView view) =>
        OutcomeSymbol.OfAsset(view.Base.Symbol) is null ? "spot" : "outcome";

    public static InstrumentResponse Of(
        InstrumentView view, IReadOnlyList<OrderId>? canceled = null, Receipt? receipt = null) => new(
        view.Symbol,
        TypeOf(view),
        view.Base.Symbol,
        view.Quote.Symbol,
        DecimalText.Format(view.TickSize.Mantissa, view.TickSize.Scale),
        DecimalText.Format(view.LotSize.Mantissa, view.LotSize.Scale),
        view.TickSize.Scale,
        view.LotSize.Scale,
        view.MakerFeeBps,
        view.TakerFeeBps,
        EnumText.Of(view.Status),
        view.LastPrice is { } last
            ? DecimalText.Format((Int128)last.Ticks * view.TickSize.Mantissa, view.TickSize.Scale)
            : null,
        view.Version,
        canceled is { Count: > 0 } ? OrderShapes.IdsOf(canceled) : null,
        receipt)
        {
            MarketId = OutcomeSymbol.OfAsset(view.Base.Symbol)?.Market,
            Outcome = OutcomeSymbol.OfAsset(view.Base.Symbol)?.Outcome,
            MinNotional = view.Rules.MinNotional == 0
            ? null
            : DecimalText.Format(view.Rules.MinNotional, view.Quote.Scale),
            MaxQuantity = view.Rules.MaxQuantity == 0
            ? null
            : DecimalText.Format((Int128)view.Rules.MaxQuantity * view.LotSize.Mantissa, view.LotSize.Scale),
            PriceBandPct = view.Rules.PriceBandBps == 0
            ? null
            : DecimalText.Format(view.Rules.PriceBandBps, OrderRulesBinder.PercentScale),
        };

    public static TradeResponse Of(TradeView trade, InstrumentTerms terms) => new(
        IdText.Of(trade.Id),
        terms.Format(trade.Price),
        terms.Format(trade.Quantity),
        EnumText.Of(trade.TakerSide),
        trade.Index,
        TimeText.Of(trade.At),
        Voided: false);

    /// <summary>Where the only execution of a command stands.</summary>
    public static Receipt ReceiptOf(Submission submission, string node)
    {
        var proposal = submission.Proposal!;
        if (!proposal.Applied.IsReplay)
        {
            return new Receipt(
                CommandIdText.Of(proposal.Index, proposal.Term), proposal.Index, proposal.Term,
                proposal.Digest.ToString(), TimeText.Of(proposal.At), node);
        }

        return submission.First is { } first
            ? ReceiptOf(first, node)
            : new Receipt(null, proposal.Applied.FirstIndex, null, null, null, node);
    }

    public static Receipt ReceiptOf(in EntryRecord record, string node) => new(
        CommandIdText.Of(record.Index, record.Term), record.Index, record.Term, record.Digest.ToString(),
        TimeText.Of(record.At), node);
}
