using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that place, change and cancel single orders (API.md 2.6).</summary>
internal sealed class OrderEndpoints(
    Writes writes, OrderBodies bodies, BetEndpoints bets, Lookup lookup, Catalog catalog, Answers answers,
    NodeSettings settings)
{
    private const WriteTraits Once = WriteTraits.PlacesOrders;
    private const WriteTraits Repeatable = WriteTraits.PlacesOrders | WriteTraits.IsRepeatable;

    private static readonly TextParameter Account = new(
        "account_id", "Whose order; may be left out by who has one account.");

    private readonly int _maxBodyBytes = settings.Limits.MaxBodyBytes;

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/orders", (RequestDelegate)PlaceAsync).For(RoutePolicy.Trader)
            .Describe<PlaceOrderRequest, OrderResponse>(
                "PlaceOrder", "Places an order; answers once it is committed and applied.", 201,
                RouteContract.Write().PlacesOrders().Refuses(
                    ProblemCodes.VersionMismatch, ProblemCodes.MaxLiability, ProblemCodes.RunnerRemoved,
                    ProblemCodes.MarketSuspended));
        v1.MapMethods("/orders/{order_id}", ["PATCH"], (RequestDelegate)AmendAsync).For(RoutePolicy.Trader)
            .Describe<AmendOrderRequest, OrderResponse>(
                "AmendOrder", "Changes an open order; less quantity alone keeps its time priority.", 200,
                RouteContract.Write().PlacesOrders().Refuses(
                    ProblemCodes.OrderNotOpen, ProblemCodes.VersionMismatch));
        v1.MapDelete("/orders/{order_id}", (RequestDelegate)CancelAsync).For(RoutePolicy.Trader)
            .Describe<OrderResponse>(
                "CancelOrder", "Takes an open order out.", 200,
                RouteContract.Write().Refuses(ProblemCodes.NotFound, ProblemCodes.OrderNotOpen));
        v1.MapDelete("/orders/by_client_id/{client_order_id}", (RequestDelegate)CancelByClientIdAsync)
            .For(RoutePolicy.Trader)
            .Describe<OrderResponse>(
                "CancelOrderByClientId", "Takes an open order out.", 200,
                RouteContract.Write(Account).Refuses(
                    ProblemCodes.MissingField, ProblemCodes.NotFound, ProblemCodes.OrderNotOpen));
    }

    private async Task PlaceAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        if (await bodies.ReadAsync(http) is not { } request)
        {
            return;
        }

        if (BetBinder.IsBet(request))
        {
            await bets.PlaceAsync(http, options, request);
            return;
        }

        if (await bodies.BindAsync(http, request, options.Timeout) is not { } order)
        {
            return;
        }

        var command = order.Command with { Session = new OrderSessionId(http.OrderSession()) };
        if (await writes.SubmitAsync(
            http, options, command.ClientOrderId.IsEmpty ? Once : Repeatable, command.Account,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            var status = written.Outcome.IsExistingOrder ? StatusCodes.Status200OK : StatusCodes.Status201Created;
            Write(http, status, written);
        }
    }

    private async Task AmendAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.AmendOrderRequest, _maxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? CheckAmend(body.Value!)) || OrderIdOf(http) is not { } order)
        {
            return;
        }

        var found = await lookup.InstrumentOfOrderAsync(http.Caller(), order, options.Timeout);
        if (await bets.RefuseAmendAsync(http, options, order, found.Failure) || answers.Refuse(http, found.Failure))
        {
            return;
        }

        var (request, terms) = (body.Value!, found.Value!);
        Price price = default;
        Quantity quantity = default;
        Quantity remaining = default;
        var problem = request.Price is null ? null : OrderBinder.ToTicks(request.Price, "price", terms, out price);
        problem ??= request.Quantity is null
            ? null
            : OrderBinder.ToLots(request.Quantity, "quantity", terms, out quantity);
        problem ??= request.ExpectedRemaining is null
            ? null
            : OrderBinder.ToLots(request.ExpectedRemaining, "expected_remaining", terms, out remaining);
        if (answers.Refuse(http, problem))
        {
            return;
        }

        var command = new AmendOrder(default, order, price, quantity, remaining);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Write(http, StatusCodes.Status200OK, written);
        }
    }

    private async Task CancelAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is { } options && OrderIdOf(http) is { } order
            && !await bets.TryCancelAsync(http, options, order))
        {
            await CancelAsync(http, options, new CancelOrder(default, order, default));
        }
    }

    private async Task CancelByClientIdAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var account = query.Text(Account);
        if (writes.Begin(http, query) is not { } options)
        {
            return;
        }

        var defects = new Defects();
        var owner = OrderBinder.Account(account, "account_id", defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var text = RouteText.Of(http, "client_order_id");
        if (text.Length == 0 || !ClientOrderId.TryCreate(text, out var clientOrderId))
        {
            answers.Write(http, Problems.NotFound("no such order, or it is no longer kept"));
            return;
        }

        if (!await bets.TryCancelAsync(http, options, owner, clientOrderId))
        {
            await CancelAsync(http, options, new CancelOrder(owner, default, clientOrderId));
        }
    }

    private async Task CancelAsync(HttpContext http, WriteOptions options, CancelOrder command)
    {
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, command.Account,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Write(http, StatusCodes.Status200OK, written);
        }
    }

    private static ApiProblem? CheckAmend(AmendOrderRequest request)
    {
        var defects = new Defects();
        if (request.Price is null && request.Quantity is null)
        {
            defects.Missing("price");
        }

        Check(request.Price, "price");
        Check(request.Quantity, "quantity");
        Check(request.ExpectedRemaining, "expected_remaining");
        return defects.ToProblem();

        void Check(string? text, string field)
        {
            if (text is not null)
            {
                OrderBinder.CheckPositive(text, field, defects);
            }
        }
    }

    /// <summary>The order named in the path; null when it was answered that there is none.</summary>
    private OrderId? OrderIdOf(HttpContext http)
    {
        var text = RouteText.Of(http, "order_id");
        if (IdText.ToOrder(text) is { } order)
        {
            return order;
        }

        answers.Write(http, Problems.NotFound("no such order, or it is no longer kept"));
        return null;
    }

    private void Write(HttpContext http, int status, in Written written) =>
        answers.Write(
            http, status, OrderShapes.Of(written.Outcome, catalog, written.Receipt),
            ResponseJson.Default.OrderResponse);
}
