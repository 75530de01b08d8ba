using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Security;
using Wire = ReplicatedBook.Contracts.Grpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Signing in, money and positions.</summary>
internal sealed class AccountsService(GrpcRoutes routes, UnitLookup units) : IGrpcService
{
    private const string Accounts = "/v1/accounts/";

    private static readonly ServiceDescriptor Service =
        Wire.AccountsReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Accounts");

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
    [
        GrpcMethod.Unary<Wire.LoginRequest, Wire.LoginReply>(
            Service, "Login", GrpcAccess.Of("POST /v1/auth/login"), Wire.LoginRequest.Parser, LoginAsync),
        GrpcMethod.Unary<Wire.CreditRequest, Wire.Balance>(
            Service, "CreditAccount", GrpcAccess.Of("POST /v1/accounts/{account_id}/deposits"),
            Wire.CreditRequest.Parser, CreditAsync),
        GrpcMethod.Unary<Wire.AccountRequest, Wire.BalanceList>(
            Service, "GetBalances", GrpcAccess.Of("GET /v1/accounts/{account_id}/balances"),
            Wire.AccountRequest.Parser, GetBalancesAsync),
        GrpcMethod.Unary<Wire.AccountRequest, Wire.PositionList>(
            Service, "GetPositions", GrpcAccess.Of("GET /v1/accounts/{account_id}/positions"),
            Wire.AccountRequest.Parser, GetPositionsAsync),
    ];

    /// <summary>A balance as it was answered: its digits after the point say how large a unit is.</summary>
    public static Wire.Balance Of(BalanceResponse balance, Receipt? receipt = null)
    {
        DecimalText.TryParse(balance.Total, out _, out var scale);
        return new Wire.Balance
        {
            Asset = balance.Asset,
            TotalUnits = UnitTerms.Units(balance.Total, scale),
            AvailableUnits = UnitTerms.Units(balance.Available, scale),
            ReservedUnits = UnitTerms.Units(balance.Reserved, scale),
            Scale = (uint)scale,
            Receipt = OrderReplies.Of(receipt),
        };
    }

    private async ValueTask<GrpcAnswer<Wire.LoginReply>> LoginAsync(GrpcCall call, Wire.LoginRequest request)
    {
        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget("/v1/auth/login"),
            new CredentialsRequest { Username = request.Username, Password = request.Password },
            RequestJson.Default.CredentialsRequest, ResponseJson.Default.TokenResponse);
        return answer.Then(tokens => new Wire.LoginReply
        {
            AccessToken = tokens.AccessToken,
            ExpiresInS = (ulong)tokens.ExpiresIn,
            RefreshToken = tokens.RefreshToken,
            UserId = tokens.User.UserId,
            Username = tokens.User.Username,
            Roles = { tokens.User.Roles },
        });
    }

    private async ValueTask<GrpcAnswer<Wire.Balance>> CreditAsync(GrpcCall call, Wire.CreditRequest request)
    {
        if (request.AccountId.Length == 0)
        {
            return GrpcStatus.Missing("account_id");
        }

        var asset = await units.AssetAsync(call, RoutePolicy.Admin, request.Asset);
        if (asset.Message is not { } known)
        {
            return asset.Refusal!;
        }

        var body = new FundsRequest
        {
            Asset = request.Asset,
            Amount = DecimalText.Format(request.AmountUnits, known.Scale),
            Reference = OrderRequests.OrNull(request.Reference),
        };
        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Accounts, request.AccountId, "/deposits").WithDeadline(call), body,
            RequestJson.Default.FundsRequest, ResponseJson.Default.FundsResponse);
        return answer.Then(funds => Of(funds.Balance, funds.Receipt));
    }

    private async ValueTask<GrpcAnswer<Wire.BalanceList>> GetBalancesAsync(GrpcCall call, Wire.AccountRequest request)
    {
        if (request.AccountId.Length == 0)
        {
            return GrpcStatus.Missing("account_id");
        }

        var answer = await routes.GetAsync(
            call, new RouteTarget(Accounts, request.AccountId, "/balances").With(request.Read, call),
            ResponseJson.Default.BalancesResponse);
        return answer.Then(balances => new Wire.BalanceList { Items = { balances.Items.Select(item => Of(item)) } });
    }

    private async ValueTask<GrpcAnswer<Wire.PositionList>> GetPositionsAsync(GrpcCall call, Wire.AccountRequest request)
    {
        if (request.AccountId.Length == 0)
        {
            return GrpcStatus.Missing("account_id");
        }

        var answer = await routes.GetAsync(
            call, new RouteTarget(Accounts, request.AccountId, "/positions").With(request.Read, call),
            ResponseJson.Default.PositionsResponse);
        if (answer.Message is not { } positions)
        {
            return answer.Refusal!;
        }

        var list = new Wire.PositionList();
        foreach (var position in positions.Items)
        {
            list.Items.Add(Of(position, await units.OfAnswerAsync(position.Instrument, "")));
        }

        return list;
    }

    private static Wire.Position Of(PositionResponse position, UnitTerms terms) => new()
    {
        Instrument = position.Instrument,
        MarketId = position.MarketId,
        Outcome = position.Outcome,
        QtyLots = terms.Lots(position.Quantity),
        ReservedLots = terms.Lots(position.Reserved),
        AveragePrice = position.AveragePrice ?? "",
        CostUnits = terms.Units(position.Cost),
        RealizedPnlUnits = terms.Units(position.RealizedPnl),
        ValueUnits = terms.Units(position.Value),
        UnrealizedPnlUnits = terms.Units(position.UnrealizedPnl),
        Collateral = position.Collateral,
    };
}
