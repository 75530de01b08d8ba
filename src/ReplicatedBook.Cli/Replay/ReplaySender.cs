using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Replay;

/// <summary>Sends lines of a flow, one request after the other so that their order is kept, each exactly
/// once.</summary>
/// <remarks>Keys are made of the run and the line, so that a request whose answer was lost is answered by any node as
/// it was the first time. A request without a definite answer ends the replay: what follows would not mean the
/// same.</remarks>
internal sealed class ReplaySender(
    ReplicatedBookClient client, ReplayMarket market, string run, ReplayOrders orders, CancellationToken cancellation)
{
    /// <summary>Log index of the last write; a weak read with it sees all that was sent.</summary>
    public long LastIndex { get; private set; }

    /// <summary>Requests sent, retries not counted.</summary>
    public int Requests { get; private set; }

    /// <summary>Attempts beyond the first.</summary>
    public int Retries { get; private set; }

    /// <summary>Places consecutive orders in one request.</summary>
    /// <returns>Per line its fills, in the recording's terms.</returns>
    /// <exception cref="OutcomeException">There is no definite answer, or it is a refusal.</exception>
    public async Task<IReadOnlyList<List<ExpectedFill>>> PlaceAsync(IReadOnlyList<ReplayLine> lines)
    {
        var batch = new PlaceBatchRequest { Orders = [.. lines.Select(Order)] };
        var answer = Note(await client.PlaceBatchAsync(batch, Name(lines[0]), cancellation)).Require();
        var fills = new List<List<ExpectedFill>>(lines.Count);
        foreach (var (line, result) in lines.Zip(answer.Results))
        {
            if (result.Order is not { } placed)
            {
                throw new OutcomeException(
                    OutcomeKind.Rejected,
                    result.Problem,
                    $"line {line.Number}: {result.Problem?.Code}: {result.Problem?.Detail}");
            }

            orders.Placed(line, Name(line), placed.OrderId);
            fills.Add(orders.Translate(result.Fills ?? []));
        }

        return fills;
    }

    /// <summary>Takes an order out, or makes it smaller.</summary>
    /// <exception cref="OutcomeException">There is no definite answer, or it is a refusal.</exception>
    public async Task ChangeAsync(ReplayLine line)
    {
        var order = orders.Find(line);
        var total = order.Total - line.Quantity;
        if (line.Operation == ReplayOperation.Cancel || total <= 0)
        {
            var name = OrderName.ByClientId(order.ClientId, market.Account);
            Note(await client.CancelOrderAsync(name, Name(line), cancellation)).Require();
            return;
        }

        var change = new AmendOrderRequest { Quantity = ReplayNumbers.Quantity(total) };
        Note(await client.AmendOrderAsync(order.ExchangeId, change, Name(line), cancellation)).Require();
        orders.Reduced(line, total);
    }

    private PlaceOrderRequest Order(ReplayLine line) => new()
    {
        AccountId = market.Account,
        ClientOrderId = Name(line),
        Instrument = market.Symbol,
        Side = line.IsBuy ? "buy" : "sell",
        Type = "limit",
        Price = ReplayNumbers.Price(line.Ticks),
        Quantity = ReplayNumbers.Quantity(line.Quantity),
        TimeInForce = line.Operation == ReplayOperation.ImmediateOrCancel ? "ioc" : "gtc",
        Stp = "none", // The recording has many owners, the replay has one.
    };

    private string Name(ReplayLine line) => string.Create(CultureInfo.InvariantCulture, $"replay-{run}-{line.Number}");

    private WriteOutcome<T> Note<T>(WriteOutcome<T> outcome)
        where T : class
    {
        Requests++;
        Retries += outcome.Attempts - 1;
        LastIndex = Math.Max(LastIndex, outcome.Mark.Index);
        return outcome;
    }
}
