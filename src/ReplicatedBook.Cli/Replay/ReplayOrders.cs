using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Replay;

/// <summary>Knows the orders of a replay under the recording's ids and under the exchange's.</summary>
internal sealed class ReplayOrders
{
    private readonly Dictionary<long, (string ClientId, string ExchangeId, long Total)> _byRecordedId = [];
    private readonly Dictionary<string, long> _recordedIds = [];

    public void Placed(ReplayLine line, string clientId, string exchangeId)
    {
        if (line.OrderId != 0)
        {
            _byRecordedId[line.OrderId] = (clientId, exchangeId, line.Quantity);
            _recordedIds[exchangeId] = line.OrderId;
        }
    }

    /// <exception cref="UsageException">The recording names an order that it never placed.</exception>
    public (string ClientId, string ExchangeId, long Total) Find(ReplayLine line) =>
        _byRecordedId.TryGetValue(line.OrderId, out var order)
            ? order
            : throw new UsageException($"line {line.Number}: order {line.OrderId} was never placed");

    public void Reduced(ReplayLine line, long total) =>
        _byRecordedId[line.OrderId] = Find(line) with { Total = total };

    /// <summary>Fills in the recording's terms; a maker that is none of this replay's has the id 0.</summary>
    public List<ExpectedFill> Translate(IReadOnlyList<FillResponse> fills) =>
        [.. fills.Select(fill => new ExpectedFill(
            _recordedIds.GetValueOrDefault(fill.MakerOrderId),
            ReplayNumbers.Ticks(fill.Price),
            ReplayNumbers.Lots(fill.Quantity)))];
}
