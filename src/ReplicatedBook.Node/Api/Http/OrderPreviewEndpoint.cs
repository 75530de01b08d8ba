using System.Buffers;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The route that says what would become of an order (API.md 2.6). It is a read: nothing is logged.</summary>
internal sealed class OrderPreviewEndpoint(
    Reads reads, OrderBodies bodies, Lookup lookup, Catalog catalog, Answers answers)
{
    public void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/orders/validate", (RequestDelegate)PreviewAsync).For(RoutePolicy.Trader)
            .Describe<PlaceOrderRequest, OrderPreviewResponse>(
                "ValidateOrder", "What would become of an order or a bet; nothing is placed.", 200,
                RouteContract.Read().PlacesOrders().Refuses(
                    ProblemCodes.FeatureDisabled, ProblemCodes.VersionMismatch, ProblemCodes.MaxLiability,
                    ProblemCodes.RunnerRemoved, ProblemCodes.MarketSuspended));

    private async Task PreviewAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        if (await bodies.ReadAsync(http) is not { } request)
        {
            return;
        }

        if (BetBinder.IsBet(request))
        {
            await PreviewBetAsync(http, options, request);
            return;
        }

        if (await bodies.BindAsync(http, request, options.Timeout) is not { } order)
        {
            return;
        }

        var command = new ArrayBufferWriter<byte>(256);
        CommandCodec.Write(command, new CommandHeader(http.Caller().User, default, default), order.Command);
        if (await reads.RunAsync(http, options, exchange => exchange.Preview(command.WrittenSpan)) is { } reading)
        {
            Write(http, reading.Value, order.Command.Side, order.Terms);
        }
    }

    private async Task PreviewBetAsync(HttpContext http, ReadOptions options, PlaceOrderRequest request)
    {
        var defects = new Defects();
        var bet = BetBinder.Bind(request, "", defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var found = await lookup.BettingMarketAsync(bet.Market, options.Timeout);
        if (answers.Refuse(http, found.Failure))
        {
            return;
        }

        var bound = BetBinder.ToCommand(in bet, request, found.Value!);
        if (answers.Refuse(http, bound.Problem))
        {
            return;
        }

        var command = new ArrayBufferWriter<byte>(256);
        CommandCodec.Write(command, default, bound.Value);
        if (await reads.RunAsync(http, options, exchange => exchange.PreviewBet(command.WrittenSpan)) is { } reading)
        {
            var preview = reading.Value;
            Write(
                http,
                new CommandOutcome
                {
                    Reason = preview.Reason,
                    Needed = preview.Needed,
                    Available = preview.Available,
                    FundsAsset = preview.FundsAsset,
                },
                () => PreviewShapes.Of(preview, found.Value!));
        }
    }

    private void Write(HttpContext http, OrderPreview preview, Side side, InstrumentTerms terms)
    {
        var outcome = new CommandOutcome
        {
            Reason = preview.Reason,
            Needed = preview.Needed,
            Available = preview.Available,
            FundsAsset = preview.FundsAsset,
        };
        Write(http, outcome, () => PreviewShapes.Of(preview, side, terms));
    }

    private void Write(HttpContext http, CommandOutcome outcome, Func<OrderPreviewResponse> shape)
    {
        if (outcome.IsAccepted)
        {
            answers.Write(http, StatusCodes.Status200OK, shape(), ResponseJson.Default.OrderPreviewResponse);
        }
        else
        {
            answers.Write(http, Rejections.OfOrder(outcome, catalog) with { Outcome = Outcomes.NotExecuted });
        }
    }
}
