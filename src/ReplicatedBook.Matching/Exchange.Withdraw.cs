using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>Money to outside.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: AccountRequired, AccountNotFound, AssetNotFound, AssetIsOutcome, TextInvalid,
    /// AmountNotPositive, InsufficientFunds.</summary>
    /// <remarks>What is reserved for open orders cannot be withdrawn. For the account see deposits.</remarks>
    private RejectReason ApplyWithdraw(in Envelope header, ref MessagePackReader reader, RejectReason barred)
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
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        var slot = _ledger.FindBalance(account, asset.Value);
        if (LacksFunds(slot, asset.Value, amount.Units))
        {
            return AnswerShortfall();
        }

        _ledger.Asset(asset.Value).Withdrawals += amount.Units;
        _ledger.Credit(slot, -amount.Units);
        return Post(account, slot, -amount.Units);
    }

    /// <summary>Whether a balance, -1 for none, has less available than needed; notes both numbers for the answer if
    /// so.</summary>
    private bool LacksFunds(int slot, int asset, long needed)
    {
        var available = _ledger.Available(slot);
        if (needed <= available)
        {
            return false;
        }

        _shortfall = (needed, available, asset);
        return true;
    }
}
