using Google.Protobuf;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Grpc.Services;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>Outcomes of commands on orders as messages, without texts in between.</summary>
internal static class OutcomeReplies
{
    /// <summary>An order after a command.</summary>
    /// <param name="written">What came of it.</param>
    /// <param name="submission">Where it stands.</param>
    /// <param name="catalog">Knows its instrument.</param>
    public static OrderReply Of(in Written written, in Submission submission, Catalog catalog)
    {
        var order = written.Outcome.Order!;
        var reply = new OrderReply
        {
            Order = Of(order, catalog.Find(order.Instrument)!),
            Receipt = submission.Proposal is { Applied.IsReplay: false } proposal
                ? Of(proposal, written.Receipt.Node)
                : OrderReplies.Of(written.Receipt),
        };
        foreach (var fill in written.Outcome.Fills)
        {
            reply.Fills.Add(Of(fill));
        }

        return reply;
    }

    private static Order Of(OrderView order, InstrumentTerms terms) => new()
    {
        OrderId = (ulong)order.Id.Value,
        ClientOrderId = order.ClientOrderId.IsEmpty ? "" : order.ClientOrderId.ToString(),
        AccountId = IdText.Of(order.Account),
        Instrument = terms.Symbol,
        Side = Words.To<Side>(EnumText.Of(order.Side)),
        Type = Words.To<OrderType>(EnumText.Of(order.Type)),
        PriceTicks = OrderBinder.IsLimit(order.Type) ? order.LimitPrice.Ticks : 0,
        QtyLots = order.Quantity.Lots,
        FilledLots = order.Filled.Lots,
        RemainingLots = order.Remaining.Lots,
        Status = Words.To<OrderStatus>(EnumText.Of(order.Status)),
        Reason = EnumText.Of(order.Reason) ?? "",
        CreatedIndex = (ulong)order.CreatedIndex,
        UpdatedIndex = (ulong)order.UpdatedIndex,
    };

    private static Fill Of(FillView fill) => new()
    {
        TradeId = (ulong)fill.Trade.Value,
        PriceTicks = fill.Price.Ticks,
        QtyLots = fill.Quantity.Lots,
        MakerOrderId = (ulong)fill.MakerOrder.Value,
        IsTaker = fill.IsTaker,
        FeeUnits = fill.Fee.Units,
    };

    private static Receipt Of(Proposal proposal, string node)
    {
        var digest = new byte[Digest.Size];
        proposal.Digest.CopyTo(digest);
        return new Receipt
        {
            CommandId = CommandIdText.Of(proposal.Index, proposal.Term),
            Index = (ulong)proposal.Index,
            Term = (ulong)proposal.Term,
            Digest = UnsafeByteOperations.UnsafeWrap(digest),
            CommittedUs = proposal.At.Microseconds,
            Node = node,
        };
    }
}
