using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Mass cancel.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: AccountRequired, AccountNotFound, InstrumentNotFound.</summary>
    private RejectReason ApplyCancelOrders(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out CancelOrders command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None)
        {
            return Refuse(barred);
        }

        var account = ResolveAccount(header.User, command.Account, out var reason);
        if (account == 0)
        {
            return Refuse(reason);
        }

        if (command.Instrument.Value != 0 && InstrumentOrNull(command.Instrument.Value) is null)
        {
            return Refuse(RejectReason.InstrumentNotFound);
        }

        var count = 0;
        for (var slot = _ledger.Account(account).Open.First; slot >= 0;)
        {
            ref readonly var order = ref _orders[slot];
            var next = order.NextOfAccount; // Canceling takes the order out of this list.
            if ((command.Instrument.Value == 0 || order.Instrument == command.Instrument.Value)
                && (command.Side is null || order.Side == command.Side))
            {
                Note(order.Id, ref count);
                CancelResting(slot, StatusReason.UserRequest);
            }

            slot = next;
        }

        AnswerCanceled(count);
        return RejectReason.None;
    }
}
