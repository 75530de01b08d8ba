using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>Changing an instrument's fees and rules.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: InstrumentNotFound, VersionMismatch, FeeOutOfRange,
    /// OrderRuleOutOfRange.</summary>
    /// <remarks>An order keeps the fees of its acceptance, so that what is reserved for it stays right. An outcome's
    /// makers get no rebate.</remarks>
    private RejectReason ApplyUpdateInstrument(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!(CommandReader.TryReadInt32(ref reader, out var id)
            & CommandReader.TryReadInt32(ref reader, out var makerFee)
            & CommandReader.TryReadInt32(ref reader, out var takerFee) & reader.TryReadInteger(out var expectedVersion)
            & TryReadRules(in header, ref reader, out var rules))
            || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || InstrumentOrNull(id) is not { } instrument)
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.InstrumentNotFound);
        }

        if (expectedVersion != 0 && expectedVersion != instrument.Version)
        {
            return Refuse(RejectReason.VersionMismatch);
        }

        if (!AreFeesValid(makerFee, takerFee) || (instrument.Market is not null && makerFee < 0))
        {
            return Refuse(RejectReason.FeeOutOfRange);
        }

        rules = rules.Over(instrument.Rules);
        if (!rules.AreValid)
        {
            return Refuse(RejectReason.OrderRuleOutOfRange);
        }

        instrument.MakerFeeBps = (short)makerFee;
        instrument.TakerFeeBps = (short)takerFee;
        Changed(instrument);
        if (header.Version > 1)
        {
            instrument.Rules = rules;
            RulesChanged(instrument);
        }

        AnswerInstrument(instrument, canceled: 0);
        return RejectReason.None;
    }
}
