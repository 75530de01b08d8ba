using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Making an asset known.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: TextInvalid, ScaleOutOfRange, AssetExists, LimitReached.</summary>
    private RejectReason ApplyCreateAsset(ref MessagePackReader reader, RejectReason barred)
    {
        if (!(reader.TryReadText(out var symbolBytes) & reader.TryReadInteger(out var scale)) || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !TextRules.IsAssetSymbol(symbolBytes))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.TextInvalid);
        }

        if (scale is < 0 or > 12)
        {
            return Refuse(RejectReason.ScaleOutOfRange);
        }

        var symbol = System.Text.Encoding.ASCII.GetString(symbolBytes);
        if (_assetSymbols.Find(symbol) != 0)
        {
            return Refuse(RejectReason.AssetExists);
        }

        if (_ledger.AssetCount >= _limits.MaxAssets)
        {
            return Refuse(RejectReason.LimitReached);
        }

        var id = _ledger.AddAsset(new Asset(symbol, (int)scale));
        _assetSymbols.Add(symbol, id);
        _events.On(new AssetChanged(new AssetId(id), (int)scale));
        AnswerAsset(id);
        return RejectReason.None;
    }
}
