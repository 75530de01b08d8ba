using System.Buffers;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>What a replica does with an entry: bytes are decoded, applied, and the result is written as
/// bytes.</summary>
internal sealed class EncodedCore(
    Workload workload, int makerFee, int takerFee, int history) : ITalliedCore
{
    private readonly WarmExchange _warm = new(makerFee, takerFee, workload.Books, history, payout: workload.Payout);
    private readonly ArrayBufferWriter<byte> _commands = new(1 << 27);
    private readonly int[] _starts = new int[workload.Operations.Length + 1];

    /// <inheritdoc/>
    public string Name => $"core, decoding and result bytes, fees {makerFee}/{takerFee} bps";

    /// <inheritdoc/>
    public Exchange Exchange => _warm.Exchange;

    /// <inheritdoc/>
    public EventBuffer Events => _warm.Events;

    /// <inheritdoc/>
    public void Prepare()
    {
        _warm.StartPass();
        _commands.ResetWrittenCount();
        for (var i = 0; i < workload.Operations.Length; i++)
        {
            Write(in workload.Operations[i], i);
            _starts[i + 1] = _commands.WrittenCount;
        }
    }

    /// <inheritdoc/>
    public void Run(int start, int count)
    {
        var (exchange, events, result) = (_warm.Exchange, _warm.Events, _warm.Result);
        var commands = _commands.WrittenSpan;
        for (var i = start; i < start + count; i++)
        {
            events.Clear();
            result.ResetWrittenCount();
            exchange.Apply(
                exchange.AppliedIndex + 1, new Timestamp(_warm.Time), commands[_starts[i].._starts[i + 1]], events,
                result);
        }
    }

    private void Write(in Operation operation, int position)
    {
        CommandHeader header = default;
        var order = new OrderId(_warm.OrdersBefore + operation.Order);
        switch (operation.Kind)
        {
            case OperationKind.Cancel:
                CommandCodec.Write(_commands, in header, new CancelOrder(default, order, default));
                break;
            case OperationKind.Replace:
                CommandCodec.Write(
                    _commands, in header,
                    new AmendOrder(default, order, new Price(operation.Price), default, default));
                break;
            default:
                CommandCodec.Write(_commands, in header, WarmExchange.Order(in operation, position, workload.Payout));
                break;
        }
    }
}
