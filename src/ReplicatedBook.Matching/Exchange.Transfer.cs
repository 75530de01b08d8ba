using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Money from account to account.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: AccountRequired, AccountNotFound, SameAccount, AssetNotFound, AssetIsOutcome,
    /// AmountNotPositive, InsufficientFunds.</summary>
    private RejectReason ApplyTransfer(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out Transfer command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None)
        {
            return Refuse(barred);
        }

        var from = ResolveAccount(header.User, command.From, out var reason);
        var asset = command.Asset.Value;
        reason = from == 0 ? reason
            : !_ledger.HasAccount(command.To.Value) ? RejectReason.AccountNotFound
            : command.To.Value == from ? RejectReason.SameAccount
            : !_ledger.HasAsset(asset) ? RejectReason.AssetNotFound
            : _ledger.Asset(asset).IsOutcome ? RejectReason.AssetIsOutcome
            : command.Amount.Units <= 0 ? RejectReason.AmountNotPositive
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var source = _ledger.FindBalance(from, asset);
        return LacksFunds(source, asset, command.Amount.Units)
            ? AnswerShortfall()
            : Move(in command, from, source);
    }

    private RejectReason Move(in Transfer command, int from, int source)
    {
        var (debit, credit) = (++_lastLedger, ++_lastLedger);
        var units = command.Amount.Units;
        var target = _ledger.EnsureBalance((int)command.To.Value, command.Asset.Value);
        _ledger.Credit(source, -units);
        _ledger.Credit(target, units);
        _events.On(new Transferred(
            new AccountId(from), command.To, command.Asset, command.Amount, new LedgerId(debit),
            new LedgerId(credit)));
        TellBalance(debit, from, source, -units);
        TellBalance(credit, (int)command.To.Value, target, units);
        var packed = new PackedSpan(_answer.Reserve(IdentityResultLayout.MaxBytes));
        IdentityResultLayout.Transfer(
            ref packed, debit, credit, from, command.To.Value, units, in _ledger.Balance(source));
        _answer.Advance(packed.Length);
        return RejectReason.None;
    }

    private void TellBalance(long ledger, int account, int slot, long change)
    {
        ref readonly var balance = ref _ledger.Balance(slot);
        _events.On(new BalanceChanged(
            new LedgerId(ledger), new AccountId(account), new AssetId(balance.Asset), new Amount(change),
            new Amount(balance.Available), new Amount(balance.Reserved)));
    }
}
