using System.Text.Json.Serialization;

namespace ReplicatedBook.Contracts.Http;

/// <summary>Requests are read strictly: a field that is unknown, given twice, missing or of the wrong type is
/// refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 8)]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(PlaceBatchRequest))]
[JsonSerializable(typeof(AmendOrderRequest))]
[JsonSerializable(typeof(CreateAssetRequest))]
[JsonSerializable(typeof(CreateAccountRequest))]
[JsonSerializable(typeof(FundsRequest))]
[JsonSerializable(typeof(ListInstrumentRequest))]
[JsonSerializable(typeof(UpdateInstrumentRequest))]
[JsonSerializable(typeof(InstrumentStatusRequest))]
[JsonSerializable(typeof(CancelAfterRequest))]
[JsonSerializable(typeof(TransferLeaderRequest))]
[JsonSerializable(typeof(AddMemberRequest))]
[JsonSerializable(typeof(CreateEventRequest))]
[JsonSerializable(typeof(UpdateEventRequest))]
[JsonSerializable(typeof(MarketStatusRequest))]
[JsonSerializable(typeof(ResolveMarketRequest))]
[JsonSerializable(typeof(SetRequest))]
[JsonSerializable(typeof(CreateBettingMarketRequest))]
[JsonSerializable(typeof(AddRunnersRequest))]
[JsonSerializable(typeof(BettingStateRequest))]
[JsonSerializable(typeof(BettingPhaseRequest))]
[JsonSerializable(typeof(VoidTradesRequest))]
[JsonSerializable(typeof(SettleBettingMarketRequest))]
[JsonSerializable(typeof(VoidBettingMarketRequest))]
[JsonSerializable(typeof(CancelMarketOrdersRequest))]
[JsonSerializable(typeof(ReduceOrderRequest))]
[JsonSerializable(typeof(CredentialsRequest))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(LogoutRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(CreateApiKeyRequest))]
[JsonSerializable(typeof(TransferRequest))]
public sealed partial class RequestJson : JsonSerializerContext;
