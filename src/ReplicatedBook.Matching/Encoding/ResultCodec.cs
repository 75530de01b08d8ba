using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Reads the results that the exchange writes.</summary>
public static partial class ResultCodec
{
    /// <summary>Decodes a result.</summary>
    /// <exception cref="FormatException">The bytes are no result of a version this code knows.</exception>
    public static CommandOutcome Read(ReadOnlySpan<byte> result)
    {
        var fields = new FieldReader(result);
        var outcome = ReadOne(ref fields, mayBeBatch: true);
        fields.Expect(fields.IsAtEnd, "the end of a result");
        return outcome;
    }

    private static CommandOutcome ReadOne(ref FieldReader fields, bool mayBeBatch)
    {
        var count = fields.Array();
        var version = fields.Integer(ResultLayout.FirstVersion, ResultLayout.PredictionVersion);
        var shape = fields.Enum(ResultShape.OrderSession);
        var isLater = version > ResultLayout.FirstVersion;
        fields.Expect(
            version == ResultLayout.PredictionVersion ? shape is ResultShape.PredictionMarket or ResultShape.Set
                : isLater
                ? shape is ResultShape.Order or ResultShape.Instrument or ResultShape.CancelAfter
                : shape is < ResultShape.CancelAfter or >= ResultShape.Bet,
            "the version of a result");
        fields.Expect(
            count == 2 + FieldsOf(shape, isLater) && (mayBeBatch || shape != ResultShape.Batch),
            "the length of a result");
        return shape switch
        {
            ResultShape.Refusal => new CommandOutcome { Reason = fields.Enum(ResultLayout.LastReason) },
            ResultShape.Shortfall => new CommandOutcome
            {
                Reason = RejectReason.InsufficientFunds,
                Needed = fields.Amount(),
                Available = fields.Amount(),
                FundsAsset = fields.Asset(),
            },
            ResultShape.Order => new CommandOutcome
            {
                Reason = fields.Enum(ResultLayout.LastReason),
                IsExistingOrder = fields.Boolean(),
                Order = Order(ref fields, isLater),
                Fills = Fills(ref fields),
            },
            ResultShape.Batch => new CommandOutcome { Reason = RejectReason.None, Items = Items(ref fields) },
            ResultShape.Canceled => new CommandOutcome { Reason = RejectReason.None, Canceled = OrderIds(ref fields) },
            ResultShape.Account => new CommandOutcome
            {
                Reason = RejectReason.None,
                Account = new AccountView(
                    fields.Account(), new UserId(fields.Integer()), fields.Text(TextRules.MaxText), fields.Integer(),
                    fields.Timestamp()),
            },
            ResultShape.Asset => new CommandOutcome { Reason = RejectReason.None, Asset = Asset(ref fields) },
            ResultShape.Instrument => new CommandOutcome
            {
                Reason = RejectReason.None,
                Instrument = Instrument(ref fields, isLater),
                Canceled = OrderIds(ref fields),
            },
            ResultShape.CancelAfter => new CommandOutcome
            {
                Reason = RejectReason.None,
                CancelAfterAccount = fields.Account(),
                CancelAfterAt = fields.Timestamp(),
            },
            ResultShape.PredictionMarket => new CommandOutcome
            {
                Reason = RejectReason.None,
                PredictionMarket = Market(ref fields),
            },
            ResultShape.Set => new CommandOutcome { Reason = RejectReason.None, Set = Set(ref fields) },
            ResultShape.Bet or ResultShape.BettingMarket => ReadBetting(ref fields, shape),
            >= ResultShape.User => ReadIdentity(ref fields, shape),
            _ => new CommandOutcome
            {
                Reason = RejectReason.None,
                Ledger = new LedgerView(
                    new LedgerId(fields.Integer()), fields.Account(),
                    new BalanceView(fields.Asset(), fields.Amount(), fields.Amount())),
            },
        };
    }

    private static int FieldsOf(ResultShape shape, bool isLater) => shape switch
    {
        ResultShape.Refusal or ResultShape.Batch or ResultShape.Canceled or ResultShape.Asset
            or ResultShape.SessionsEnded => 1,
        ResultShape.Shortfall => 3,
        ResultShape.Order => isLater ? 5 : 4,
        ResultShape.Instrument => isLater ? 3 : 2,
        ResultShape.CancelAfter or ResultShape.BettingMarket or ResultShape.OrderSession => 2,
        ResultShape.Bet => 4,
        ResultShape.PredictionMarket => ResultLayout.MarketFields,
        ResultShape.Set => ResultLayout.SetFields,
        ResultShape.Account or ResultShape.Ledger => 5,
        ResultShape.User => IdentityResultLayout.UserFields,
        ResultShape.Session => IdentityResultLayout.SessionFields,
        ResultShape.ApiKey => IdentityResultLayout.ApiKeyFields,
        ResultShape.SigningKey => IdentityResultLayout.SigningKeyFields,
        ResultShape.Transfer => IdentityResultLayout.TransferFields,
        _ => -2, // No array has so few.
    };

    private static OrderView Order(ref FieldReader fields, bool hasOptions)
    {
        fields.Array(ResultLayout.OrderFields);
        var order = new OrderView(
            fields.Order(), fields.ClientOrderId(), fields.Account(), fields.Instrument(), fields.Enum(Side.Sell),
            fields.Enum(OrderType.StopLimit), fields.Price(), fields.Quantity(), fields.Quantity(), fields.Quantity(),
            fields.Wide(), fields.Enum(TimeInForce.GoodTilDate), fields.Boolean(),
            fields.Enum(SelfTradePrevention.None), fields.Enum(OrderStatus.Pending),
            fields.Enum(StatusReason.SessionEnded), fields.Amount(), fields.Integer(), fields.Integer(),
            fields.Timestamp(), fields.Timestamp());
        if (!hasOptions)
        {
            return order;
        }

        fields.Array(ResultLayout.OptionFields);
        return order with
        {
            ExpiresAt = fields.Timestamp(),
            DisplayQuantity = fields.Quantity(),
            StopPrice = fields.Price(),
            QuoteQuantity = fields.Amount(),
            Hidden = fields.Quantity(),
        };
    }

    private static FillView[] Fills(ref FieldReader fields)
    {
        var fills = new FillView[fields.Array()];
        for (var i = 0; i < fills.Length; i++)
        {
            fields.Array(ResultLayout.FillFields);
            fills[i] = new FillView(
                fields.Trade(), fields.Price(), fields.Quantity(), fields.Boolean(), fields.Amount(), fields.Order());
        }

        return fills;
    }

    private static CommandOutcome[] Items(ref FieldReader fields)
    {
        var items = new CommandOutcome[fields.Array()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadOne(ref fields, mayBeBatch: false);
        }

        return items;
    }

    private static OrderId[] OrderIds(ref FieldReader fields)
    {
        var ids = new OrderId[fields.Array()];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = fields.Order();
        }

        return ids;
    }

    private static AssetView Asset(ref FieldReader fields)
    {
        fields.Array(3);
        return new AssetView(fields.Asset(), fields.Text(TextRules.MaxInstrumentSymbol), fields.Int32());
    }

    private static InstrumentView Instrument(ref FieldReader fields, bool hasRules)
    {
        fields.Array(ResultLayout.InstrumentFields);
        var instrument = new InstrumentView(
            fields.Instrument(), fields.Text(TextRules.MaxInstrumentSymbol), Asset(ref fields), Asset(ref fields),
            new DecimalSize(fields.Integer(), fields.Int32()), new DecimalSize(fields.Integer(), fields.Int32()),
            fields.Int32(), fields.Int32(), fields.Enum(InstrumentStatus.Closed), PriceOrNull(ref fields),
            fields.Integer());
        if (!hasRules)
        {
            return instrument;
        }

        fields.Array(CommandCodec.RuleFields);
        return instrument with { Rules = fields.Rules() };
    }

    private static Price? PriceOrNull(ref FieldReader fields)
    {
        var price = fields.Price();
        return price.Ticks == 0 ? null : price;
    }
}
