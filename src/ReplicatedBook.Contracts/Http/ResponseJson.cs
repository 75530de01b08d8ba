using System.Text.Json.Serialization;

namespace ReplicatedBook.Contracts.Http;

/// <summary>Answers may gain fields within version 1, so unknown ones are passed over; absent values are left
/// out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AcceptedResponse))]
[JsonSerializable(typeof(AssetResponse))]
[JsonSerializable(typeof(Page<AssetResponse>))]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(Page<AccountResponse>))]
[JsonSerializable(typeof(BalanceResponse))]
[JsonSerializable(typeof(BalancesResponse))]
[JsonSerializable(typeof(FundsResponse))]
[JsonSerializable(typeof(InstrumentResponse))]
[JsonSerializable(typeof(Page<InstrumentResponse>))]
[JsonSerializable(typeof(OrderState))]
[JsonSerializable(typeof(OrderResponse))]
[JsonSerializable(typeof(OrderPreviewResponse))]
[JsonSerializable(typeof(CancelAfterResponse))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(MassCancelResponse))]
[JsonSerializable(typeof(CommandResponse))]
[JsonSerializable(typeof(BookResponse))]
[JsonSerializable(typeof(Page<TradeResponse>))]
[JsonSerializable(typeof(TickerResponse))]
[JsonSerializable(typeof(FeedResponse))]
[JsonSerializable(typeof(ClusterResponse))]
[JsonSerializable(typeof(ConsistencyResponse))]
[JsonSerializable(typeof(NodeResponse))]
[JsonSerializable(typeof(DigestResponse))]
[JsonSerializable(typeof(LogResponse))]
[JsonSerializable(typeof(LeaderResponse))]
[JsonSerializable(typeof(MemberChangeResponse))]
[JsonSerializable(typeof(SnapshotResponse))]
[JsonSerializable(typeof(Page<SnapshotResponse>))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ResponseJson : JsonSerializerContext;
