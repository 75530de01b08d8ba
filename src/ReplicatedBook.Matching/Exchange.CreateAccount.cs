using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Opening an account.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: TextInvalid, LimitReached.</summary>
    private RejectReason ApplyCreateAccount(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!reader.TryReadText(out var label) || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !TextRules.IsText(label))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.TextInvalid);
        }

        if (_ledger.AccountCount >= _limits.MaxAccounts)
        {
            return Refuse(RejectReason.LimitReached);
        }

        var id = _ledger.AddAccount(
            header.User.Value, System.Text.Encoding.ASCII.GetString(label), AppliedIndex, Now.Microseconds);
        _events.On(new AccountChanged(new AccountId(id), header.User));
        AnswerAccount(id);
        return RejectReason.None;
    }
}
