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
        IdText.Of(account.Id), IdText.Of(account.User), account.Label, TimeText.Of(account.CreatedAt), receipt);

    public static BalanceResponse Of(BalanceView balance, AssetView asset) => new(
        asset.Symbol,
        DecimalText.Format((Int128)balance.Available.Units + balance.Reserved.Units, asset.Scale),
        DecimalText.Format(balance.Available.Units, asset.Scale),
        DecimalText.Format(balance.Reserved.Units, asset.Scale));

    public static InstrumentResponse Of(
        InstrumentView view, IReadOnlyList<OrderId>? canceled = null, Receipt? receipt = null) => new(
        view.Symbol,
        "spot",
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
        receipt);

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
