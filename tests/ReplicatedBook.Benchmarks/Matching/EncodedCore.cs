using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>What a replica does with an entry: bytes are decoded, applied, and the result is written as
/// bytes.</summary>
internal sealed class EncodedCore(Workload workload, int makerFee, int takerFee) : ICore
{
    private readonly WarmExchange _warm = new(makerFee, takerFee);
    private readonly ArrayBufferWriter<byte> _commands = new(1 << 27);
    private readonly int[] _ends = new int[workload.Operations.Length];

    /// <inheritdoc/>
    public string Name => $"core, decoding and result bytes, fees {makerFee}/{takerFee} bps";

    /// <inheritdoc/>
    public long Trades => _warm.LastTrade - _warm.TradesBefore;

    /// <inheritdoc/>
    public void Prepare()
    {
        _warm.StartPass(workload.Orders);
        _commands.ResetWrittenCount();
        CommandHeader header = default;
        for (var i = 0; i < _ends.Length; i++)
        {
            ref readonly var operation = ref workload.Operations[i];
            if (operation.IsCancel)
            {
                var cancel = new CancelOrder(default, new OrderId(_warm.OrdersBefore + operation.Order), default);
                CommandCodec.Write(_commands, in header, in cancel);
            }
            else
            {
                CommandCodec.Write(_commands, in header, WarmExchange.Order(in operation, i));
            }

            _ends[i] = _commands.WrittenCount;
        }
    }

    /// <inheritdoc/>
    public void Run()
    {
        var (exchange, events, result) = (_warm.Exchange, _warm.Events, _warm.Result);
        var commands = _commands.WrittenSpan;
        var start = 0;
        foreach (var end in _ends)
        {
            events.Clear();
            result.ResetWrittenCount();
            exchange.Apply(
                exchange.AppliedIndex + 1, new Timestamp(_warm.Time), commands[start..end], events, result);
            start = end;
        }
    }
}
