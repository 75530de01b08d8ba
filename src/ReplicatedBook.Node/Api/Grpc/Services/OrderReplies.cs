using Google.Protobuf;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Http;
using Wire = ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Answers about orders as messages.</summary>
internal static class OrderReplies
{
    public static Wire.OrderReply Of(OrderResponse answer, UnitTerms terms) => new()
    {
        Order = Of(answer.Order, terms),
        Fills = { answer.Fills.Select(fill => Of(fill, terms)) },
        Receipt = Of(answer.Receipt),
    };

    public static Wire.Order Of(OrderState order, UnitTerms terms) => new()
    {
        OrderId = Id(order.OrderId),
        ClientOrderId = order.ClientOrderId ?? "",
        AccountId = order.AccountId,
        Instrument = order.Instrument,
        Side = Words.To<Wire.Side>(order.Side),
        Type = Words.To<Wire.OrderType>(order.Type),
        PriceTicks = terms.Ticks(order.Price),
        QtyLots = terms.Lots(order.Quantity),
        FilledLots = terms.Lots(order.FilledQuantity),
        RemainingLots = terms.Lots(order.RemainingQuantity),
        Status = Words.To<Wire.OrderStatus>(order.Status),
        Reason = order.Reason ?? "",
        CreatedIndex = (ulong)order.CreatedIndex,
        UpdatedIndex = (ulong)order.UpdatedIndex,
    };

    public static Wire.Fill Of(FillResponse fill, UnitTerms terms) => new()
    {
        TradeId = Id(fill.TradeId),
        PriceTicks = terms.Ticks(fill.Price),
        QtyLots = terms.Lots(fill.Quantity),
        MakerOrderId = Id(fill.MakerOrderId),
        IsTaker = fill.Liquidity == "taker",
        FeeUnits = terms.Units(fill.Fee),
    };

    /// <summary>Null for none.</summary>
    public static Wire.Receipt? Of(Receipt? receipt) => receipt is null ? null : new Wire.Receipt
    {
        CommandId = receipt.CommandId ?? "",
        Index = (ulong)receipt.Index,
        Term = (ulong)(receipt.Term ?? 0),
        Digest = Bytes(receipt.Digest),
        CommittedUs = Time(receipt.CommittedAt),
        Node = receipt.Node,
    };

    public static Wire.Refusal Of(Problem problem) => new()
    {
        Code = problem.Code,
        Outcome = problem.Outcome,
        Index = (ulong)(problem.Index ?? 0),
        Message = problem.Detail ?? problem.Title,
    };

    public static Wire.Refusal Of(GrpcStatus status) => new()
    {
        Code = status.ProblemCode ?? "",
        Outcome = status.Outcome ?? "",
        Index = (ulong)(status.Index ?? 0),
        Message = status.Message ?? "",
    };

    public static Wire.CancelAllReply Of(MassCancelResponse answer) => new()
    {
        Canceled = (uint)answer.Canceled,
        OrderIds = { answer.OrderIds.Select(Id) },
        Receipt = Of(answer.Receipt),
    };

    /// <summary>Digits as a number; 0 for none.</summary>
    public static ulong Id(string text) => (ulong)(IdText.ToNumber(text) ?? 0);

    /// <summary>Hex digits as bytes; empty for none.</summary>
    public static ByteString Bytes(string? hex) =>
        hex is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(Convert.FromHexString(hex));

    /// <summary>Microseconds since 1970; 0 for none.</summary>
    public static long Time(string? text) => text is null ? 0 : TimeText.Parse(text)?.Microseconds ?? 0;
}
