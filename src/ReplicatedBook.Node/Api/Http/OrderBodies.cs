using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Reads an order from the body of a request, down to ticks and lots.</summary>
internal sealed class OrderBodies(Lookup lookup, Answers answers, NodeSettings settings)
{
    /// <summary>Reads one order.</summary>
    /// <param name="http">The request.</param>
    /// <param name="timeout">Bound on looking its instrument up.</param>
    /// <returns>Null when it was refused; the refusal is answered then.</returns>
    public async ValueTask<OrderBody?> ReadAsync(HttpContext http, TimeSpan timeout) =>
        await ReadAsync(http) is { } request ? await BindAsync(http, request, timeout) : null;

    /// <summary>Reads the form of an order or a bet.</summary>
    /// <returns>Null when it was refused; the refusal is answered then.</returns>
    public async ValueTask<PlaceOrderRequest?> ReadAsync(HttpContext http)
    {
        var body = await Bodies.ReadAsync(http, RequestJson.Default.PlaceOrderRequest, settings.Limits.MaxBodyBytes);
        return answers.Refuse(http, body.Problem) ? null : body.Value;
    }

    /// <summary>Understands an order.</summary>
    /// <param name="http">The request.</param>
    /// <param name="request">Its body.</param>
    /// <param name="timeout">Bound on looking its instrument up.</param>
    /// <returns>Null when it was refused; the refusal is answered then.</returns>
    public async ValueTask<OrderBody?> BindAsync(HttpContext http, PlaceOrderRequest request, TimeSpan timeout)
    {
        var defects = new Defects();
        if (OrderBinder.Bind(request, "", defects) is not { } order)
        {
            answers.Write(http, defects.ToProblem()!);
            return null;
        }

        var found = await lookup.InstrumentAsync(order.Symbol, timeout);
        if (answers.Refuse(http, found.Failure))
        {
            return null;
        }

        var bound = OrderBinder.ToCommand(order, found.Value!);
        return answers.Refuse(http, bound.Problem) ? null : new OrderBody(bound.Value, found.Value!);
    }
}
