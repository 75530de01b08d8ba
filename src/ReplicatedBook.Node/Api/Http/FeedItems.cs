using System.Buffers;
using System.Text.Json;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Turns the events of an entry into JSON items. One reader uses it, one entry after another.</summary>
internal sealed partial class FeedItems : IEventSink
{
    private readonly FeedFilter _filter;
    private readonly Catalog _catalog;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _json;
    private readonly List<FeedJson> _items = [];
    private FeedEntry _entry;
    private string _time = "";
    private int _sequence;
    private (int Market, long Sequence) _number; // Of the event that is being told; zeros where it is of no market.
    private bool _lacksNames;

    public FeedItems(FeedFilter filter, Catalog catalog)
    {
        _filter = filter;
        _catalog = catalog;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        _entry = new FeedEntry(0, 0, default, default);
    }

    /// <summary>The items of an entry that are wanted, in order, closed by its batch_end unless nothing was
    /// wanted.</summary>
    /// <returns>None when a name is not known yet: load all names and try again.</returns>
    public IReadOnlyList<FeedJson>? Of(FeedEntry entry)
    {
        _entry = entry;
        _time = TimeText.Of(entry.At);
        _items.Clear();
        _sequence = 0;
        _lacksNames = false;
        _number = default;
        EventCodec.Read(entry.Events.Span, this);
        if (_lacksNames)
        {
            return null;
        }

        if ((_filter.Types is null || _filter.Types.Contains(FeedFilter.BatchEnd))
            && (!_filter.IsNarrow || _items.Count > 0))
        {
            var count = _sequence;
            Begin(FeedFilter.BatchEnd);
            _json.WriteNumber("events", count);
            End(FeedFilter.BatchEnd);
        }

        return _items;
    }

    /// <inheritdoc/>
    public void BelongsTo(int market, long sequence) => _number = (market, sequence);

    /// <inheritdoc/>
    public void On(in OrderAccepted e)
    {
        if (!Wants("order_accepted", e.Instrument, e.Account, out var terms))
        {
            return;
        }

        WriteOrder(e.Order, e.Account, terms, e.Side);
        WriteClientOrderId(e.ClientOrderId);
        _json.WriteString("type", EnumText.Of(e.Type));
        WritePrice(e.LimitPrice, terms, OrderBinder.IsLimit(e.Type) ? "price" : "protection_price");
        _json.WriteString("quantity", terms.Format(e.Quantity));
        _json.WriteString("time_in_force", EnumText.Of(e.TimeInForce));
        _json.WriteBoolean("post_only", e.IsPostOnly);
        End("order_accepted");
    }

    /// <inheritdoc/>
    public void On(in OrderRejected e)
    {
        // The instrument is as the client gave it and may not exist.
        var terms = _catalog.Find(e.Instrument);
        if (!_filter.Wants("order_rejected", e.Instrument, terms?.Market ?? default, e.Account))
        {
            Pass();
            return;
        }

        Begin("order_rejected");
        if (e.Account.Value != 0)
        {
            _json.WriteString("account_id", IdText.Of(e.Account));
        }

        WriteClientOrderId(e.ClientOrderId);
        if (terms is not null)
        {
            _json.WriteString("instrument", terms.Symbol);
        }

        _json.WriteString("code", Rejections.Of(e.Reason).Code.Code);
        End("order_rejected");
    }

    /// <inheritdoc/>
    public void On(in OrderAmended e)
    {
        if (!Wants("order_amended", e.Instrument, e.Account, out var terms))
        {
            return;
        }

        WriteOrder(e.Order, e.Account, terms, e.Side);
        WritePrice(e.LimitPrice, terms);
        _json.WriteString("quantity", terms.Format(e.Quantity));
        _json.WriteString("remaining_quantity", terms.Format(e.Remaining));
        _json.WriteBoolean("kept_priority", e.KeptPriority);
        End("order_amended");
    }

    /// <inheritdoc/>
    public void On(in OrderCanceled e)
    {
        if (!Wants("order_canceled", e.Instrument, e.Account, out var terms))
        {
            return;
        }

        WriteOrder(e.Order, e.Account, terms, e.Side);
        WritePrice(e.LimitPrice, terms);
        _json.WriteString("remaining_quantity", terms.Format(e.Remaining));
        _json.WriteString("reason", EnumText.Of(e.Reason));
        End("order_canceled");
    }

    /// <inheritdoc/>
    public void On(in OrderExpired e)
    {
        if (!Wants("order_expired", e.Instrument, e.Account, out var terms))
        {
            return;
        }

        WriteOrder(e.Order, e.Account, terms, e.Side);
        _json.WriteString("remaining_quantity", terms.Format(e.Remaining));
        _json.WriteString("reason", EnumText.Of(e.Reason));
        End("order_expired");
    }

    /// <inheritdoc/>
    public void On(in Trade e)
    {
        if (!Wants("trade", AsAskedFor(e.Instrument), e.MakerAccount, out var terms, e.TakerAccount))
        {
            return;
        }

        // In the book's terms, or in those of the outcome asked for that stands in it on the other side.
        var isMirrored = terms.Id != e.Instrument;
        _json.WriteString("trade_id", IdText.Of(e.Id));
        _json.WriteString("instrument", terms.Symbol);
        _json.WriteString("price", terms.Format(isMirrored ? terms.CanonicalPriceOf(e.Price) : e.Price));
        _json.WriteString("quantity", terms.Format(e.Quantity));
        _json.WriteString(
            "taker_side", EnumText.Of(isMirrored ? terms.CanonicalSideOf(e.TakerSide) : e.TakerSide));
        if (_filter.Sees(e.MakerAccount))
        {
            WriteSide("maker", e.MakerOrder, e.MakerAccount);
            _json.WriteString("maker_fee", DecimalText.Format(e.MakerFee.Units, terms.Quote.Scale));
            _json.WriteString("maker_remaining_quantity", terms.Format(e.MakerRemaining));
        }

        if (_filter.Sees(e.TakerAccount))
        {
            WriteSide("taker", e.TakerOrder, e.TakerAccount);
            _json.WriteString("taker_fee", DecimalText.Format(e.TakerFee.Units, terms.Quote.Scale));
        }

        _json.WriteString("fee_asset", terms.Quote.Symbol);
        End("trade");
    }

    /// <summary>The instrument of a book; the one that is asked for, where its orders stand in that book.</summary>
    private InstrumentId AsAskedFor(InstrumentId book) =>
        _filter.Instrument is { } wanted && _catalog.Find(wanted)?.Canonical == book ? wanted : book;

    private bool Wants(
        string type, InstrumentId instrument, AccountId account, out InstrumentTerms terms, AccountId other = default)
    {
        terms = null!;
        if (!_filter.Wants(type, instrument, new PredictionMarketId(_number.Market), account, other))
        {
            Pass();
            return false;
        }

        if (_catalog.Find(instrument) is not { } known)
        {
            _lacksNames = true;
            return false;
        }

        terms = known;
        Begin(type, known.Outcome?.Market);
        return true;
    }

    /// <summary>Leaves an event out.</summary>
    private void Pass()
    {
        _sequence++;
        _number = default;
    }

    private void Begin(string type, string? market = null)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("index", _entry.Index);
        _json.WriteNumber("seq", _sequence);
        _json.WriteNumber("term", _entry.Term);
        _json.WriteString("time", _time);
        _json.WriteString("type", type);
        if (_number.Market != 0)
        {
            _json.WriteString("market_id", market);
            _json.WriteNumber("market_seq", _number.Sequence);
            _number = default;
        }

        _json.WriteStartObject("data");
    }

    private void End(string type)
    {
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        _items.Add(new FeedJson(_entry.Index, _sequence++, type, _buffer.WrittenSpan.ToArray()));
    }

    private void WriteOrder(OrderId order, AccountId account, InstrumentTerms terms, Side side)
    {
        _json.WriteString("order_id", IdText.Of(order));
        _json.WriteString("account_id", IdText.Of(account));
        _json.WriteString("instrument", terms.Symbol);
        _json.WriteString("side", EnumText.Of(side));
    }

    /// <summary>Whose order traded, on one side.</summary>
    private void WriteSide(string side, OrderId order, AccountId account)
    {
        _json.WriteString(side + "_order_id", IdText.Of(order));
        _json.WriteString(side + "_account_id", IdText.Of(account));
    }

    private void WriteClientOrderId(in ClientOrderId id)
    {
        if (!id.IsEmpty)
        {
            _json.WriteString("client_order_id", id.Bytes);
        }
    }

    private void WritePrice(Price price, InstrumentTerms terms, string name = "price")
    {
        if (price.Ticks != 0)
        {
            _json.WriteString(name, terms.Format(price));
        }
    }
}
