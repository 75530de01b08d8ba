using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Opening, halting and closing an instrument.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: InstrumentNotFound, InstrumentIsOutcome, VersionMismatch, StatusFinal.</summary>
    private RejectReason ApplySetInstrumentStatus(ref MessagePackReader reader, RejectReason barred)
    {
        if (!(CommandReader.TryReadInt32(ref reader, out var id)
            & CommandReader.TryReadEnum(ref reader, InstrumentStatus.Closed, out var status)
            & reader.TryReadBoolean(out var cancelOpenOrders) & reader.TryReadInteger(out var expectedVersion))
            || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || InstrumentOrNull(id) is not { } instrument)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.InstrumentNotFound);
        }

        if (instrument.Market is not null)
        {
            return Refuse(RejectReason.InstrumentIsOutcome);
        }

        if (expectedVersion != 0 && expectedVersion != instrument.Version)
        {
            return Refuse(RejectReason.VersionMismatch);
        }

        if (instrument.Status == InstrumentStatus.Closed && status != InstrumentStatus.Closed)
        {
            return Refuse(RejectReason.StatusFinal);
        }

        instrument.Status = status;
        Changed(instrument);
        AnswerInstrument(instrument, cancelOpenOrders ? CancelAll(instrument) : 0);
        return RejectReason.None;
    }

    /// <summary>Cancels all that rests or waits, in order of order id.</summary>
    /// <returns>How many; their ids are in the scratch array.</returns>
    private int CancelAll(Instrument instrument)
    {
        var count = 0;
        CollectIds(instrument.Book, ref count);
        if (instrument.Stops is { } stops)
        {
            CollectIds(stops, ref count);
        }

        var ids = _scratch.AsSpan(0, count);
        ids.Sort();
        foreach (var id in ids)
        {
            CancelResting(Locate(id, out _), StatusReason.InstrumentStatus);
        }

        return count;
    }

    private void CollectIds(OrderBook book, ref int count)
    {
        CollectIds(book, Side.Buy, ref count);
        CollectIds(book, Side.Sell, ref count);
    }

    private void CollectIds(OrderBook book, Side side, ref int count)
    {
        var place = OrderBook.FromBest;
        while (book.Next(side, ref place, out var level))
        {
            for (var slot = level.Oldest; slot >= 0; slot = _orders[slot].Next)
            {
                Note(_orders[slot].Id, ref count);
            }
        }
    }

    /// <summary>Adds a number to the scratch array.</summary>
    private void Note(long number, ref int count)
    {
        if (count == _scratch.Length)
        {
            Array.Resize(ref _scratch, count * 2);
        }

        _scratch[count++] = number;
    }
}
