using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Writes a command whatever its type.</summary>
internal static class AnyCommand
{
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, object command)
    {
        switch (command)
        {
            case CreateAsset c: CommandCodec.Write(destination, in header, in c); break;
            case CreateAccount c: CommandCodec.Write(destination, in header, in c); break;
            case Deposit c: CommandCodec.Write(destination, in header, in c); break;
            case Withdraw c: CommandCodec.Write(destination, in header, in c); break;
            case ListInstrument c: CommandCodec.Write(destination, in header, in c); break;
            case UpdateInstrument c: CommandCodec.Write(destination, in header, in c); break;
            case SetInstrumentStatus c: CommandCodec.Write(destination, in header, in c); break;
            case PlaceOrder c: CommandCodec.Write(destination, in header, in c); break;
            case PlaceBatch c: CommandCodec.Write(destination, in header, in c); break;
            case AmendOrder c: CommandCodec.Write(destination, in header, in c); break;
            case CancelOrder c: CommandCodec.Write(destination, in header, in c); break;
            case CancelOrders c: CommandCodec.Write(destination, in header, in c); break;
            case Tick c: CommandCodec.Write(destination, in header, in c); break;
            case OpenOrderSession c: CommandCodec.Write(destination, in header, in c); break;
            case CloseOrderSession c: CommandCodec.Write(destination, in header, in c); break;
            case RenewOrderSessions c: CommandCodec.Write(destination, in header, in c); break;
            case SetCancelAfter c: CommandCodec.Write(destination, in header, in c); break;
            case CreatePredictionMarket c: CommandCodec.Write(destination, in header, in c); break;
            case UpdatePredictionMarket c: CommandCodec.Write(destination, in header, in c); break;
            case DeletePredictionMarket c: CommandCodec.Write(destination, in header, in c); break;
            case SetPredictionMarketStatus c: CommandCodec.Write(destination, in header, in c); break;
            case ResolvePredictionMarket c: CommandCodec.Write(destination, in header, in c); break;
            case VoidPredictionMarket c: CommandCodec.Write(destination, in header, in c); break;
            case SplitSet c: CommandCodec.Write(destination, in header, in c); break;
            case MergeSet c: CommandCodec.Write(destination, in header, in c); break;
            case SetFeatureLevel c: CommandCodec.Write(destination, in header, in c); break;
            case CreateBettingMarket c: CommandCodec.Write(destination, in header, in c); break;
            case PlaceBatchWithBets c: CommandCodec.Write(destination, in header, in c); break;
            case ChangeRunners c: CommandCodec.Write(destination, in header, in c); break;
            case SetBettingState c: CommandCodec.Write(destination, in header, in c); break;
            case SetBettingPhase c: CommandCodec.Write(destination, in header, in c); break;
            case PlaceBet c: CommandCodec.Write(destination, in header, in c); break;
            case CancelBet c: CommandCodec.Write(destination, in header, in c); break;
            case CancelBets c: CommandCodec.Write(destination, in header, in c); break;
            case BatchCancelBets c: CommandCodec.Write(destination, in header, in c); break;
            case VoidBettingTrades c: CommandCodec.Write(destination, in header, in c); break;
            case SettleBettingMarket c: CommandCodec.Write(destination, in header, in c); break;
            case VoidBettingMarket c: CommandCodec.Write(destination, in header, in c); break;
            case Audited c: CommandCodec.Write(destination, in header, in c); break;
            case RecordAudit c: CommandCodec.Write(destination, in header, in c); break;
            case Bootstrap c: CommandCodec.Write(destination, in header, in c); break;
            case CreateUser c: CommandCodec.Write(destination, in header, in c); break;
            case UpdateUser c: CommandCodec.Write(destination, in header, in c); break;
            case SetPassword c: CommandCodec.Write(destination, in header, in c); break;
            case UpgradePasswordHash c: CommandCodec.Write(destination, in header, in c); break;
            case OpenSession c: CommandCodec.Write(destination, in header, in c); break;
            case RotateSession c: CommandCodec.Write(destination, in header, in c); break;
            case EndSessions c: CommandCodec.Write(destination, in header, in c); break;
            case CreateApiKey c: CommandCodec.Write(destination, in header, in c); break;
            case RevokeApiKey c: CommandCodec.Write(destination, in header, in c); break;
            case AddSigningKey c: CommandCodec.Write(destination, in header, in c); break;
            case RetireSigningKey c: CommandCodec.Write(destination, in header, in c); break;
            case Transfer c: CommandCodec.Write(destination, in header, in c); break;
            default: throw new ArgumentException($"no command: {command}", nameof(command));
        }
    }
}
