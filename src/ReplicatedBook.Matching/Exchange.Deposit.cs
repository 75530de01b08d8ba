using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Money from outside.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: AccountRequired, AccountNotFound, AssetNotFound, AssetIsOutcome, TextInvalid,
    /// AmountNotPositive, AmountTooLarge.</summary>
    /// <remarks>The account need not be the sender's: the venue posts deposits, and who may do so is the node's
    /// business.</remarks>
    private RejectReason ApplyDeposit(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadPosting(ref reader, out var named, out var asset, out var amount, out var reference))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None)
        {
            return Refuse(barred);
        }

        var reason = CheckPosting(header.User, named, asset, amount, reference, out var account);
        if (reason == RejectReason.None && amount.Units > long.MaxValue - _ledger.Asset(asset.Value).Deposits)
        {
            reason = RejectReason.AmountTooLarge;
        }

        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        _ledger.Asset(asset.Value).Deposits += amount.Units;
        var slot = _ledger.EnsureBalance(account, asset.Value);
        _ledger.Credit(slot, amount.Units);
        return Post(account, slot, amount.Units);
    }

    private RejectReason CheckPosting(
        UserId user, AccountId named, AssetId asset, Amount amount, ReadOnlySpan<byte> reference, out int account)
    {
        account = named.Value == 0 ? _ledger.OnlyAccountOf(user.Value)
            : _ledger.HasAccount(named.Value) ? (int)named.Value : 0;
        if (account == 0)
        {
            return named.Value == 0 ? RejectReason.AccountRequired : RejectReason.AccountNotFound;
        }

        return !_ledger.HasAsset(asset.Value) ? RejectReason.AssetNotFound
            : _ledger.Asset(asset.Value).IsOutcome ? RejectReason.AssetIsOutcome
            : !TextRules.IsText(reference) ? RejectReason.TextInvalid
            : amount.Units <= 0 ? RejectReason.AmountNotPositive
            : RejectReason.None;
    }

    private RejectReason Post(int account, int slot, long change)
    {
        var id = ++_lastLedger;
        ref readonly var balance = ref _ledger.Balance(slot);
        _events.On(new BalanceChanged(
            new LedgerId(id), new AccountId(account), new AssetId(balance.Asset), new Amount(change),
            new Amount(balance.Available), new Amount(balance.Reserved)));
        AnswerLedger(id, account, in balance);
        return RejectReason.None;
    }
}
