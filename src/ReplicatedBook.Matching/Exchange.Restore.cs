using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Building an exchange from its snapshot.</content>
public sealed partial class Exchange
{
    /// <summary>Builds an exchange from a snapshot.</summary>
    /// <remarks>Beside the format it checks that all references exist, that what is reserved is what the open orders
    /// need,
    /// and that no money is missing.</remarks>
    /// <exception cref="FormatException">The bytes are no snapshot; <see cref="UnsupportedFormatException"/> when a
    /// later build wrote them.</exception>
    public static Exchange ReadSnapshot(ReadOnlySpan<byte> snapshot) => ReadSnapshot(snapshot, ladderPrices: 0);

    /// <summary>As <see cref="ReadSnapshot(ReadOnlySpan{byte})"/>, with books as the constructor says.</summary>
    internal static Exchange ReadSnapshot(ReadOnlySpan<byte> snapshot, int ladderPrices)
    {
        var fields = new FieldReader(snapshot);
        var count = fields.Array();
        var version = fields.Integer();
        RequireSupported(version, "snapshot version", SnapshotWriter.Version);
        fields.Expect(
            version >= 1 && count == (version == 1 ? SnapshotWriter.FirstFields : SnapshotWriter.FirstFields + 1),
            "the version of a snapshot");
        var (index, now) = (fields.Integer(0, long.MaxValue), fields.Integer());
        var (lastOrder, lastLedger) = (fields.Integer(0, long.MaxValue), fields.Integer(0, long.MaxValue));
        var level = version == 1 ? FeatureLevels.First : fields.Integer(FeatureLevels.KnowsLevels, int.MaxValue);
        RequireSupported(level, "feature level", FeatureLevels.Supported);
        var exchange = new Exchange(SnapshotLayout.ReadLimits(ref fields, version), ladderPrices)
        {
            AppliedIndex = index,
            Now = new Timestamp(now),
            _lastOrder = lastOrder,
            _lastLedger = lastLedger,
            FeatureLevel = (int)level,
        };
        exchange.MakeRoomFor(lastOrder);
        exchange.ReadAssets(ref fields);
        exchange.ReadAccounts(ref fields, version);
        if (version >= MarketLayout.Version)
        {
            exchange.ReadMarkets(ref fields);
        }

        exchange.ReadInstruments(ref fields, version);
        exchange.ReadClosedOrders(ref fields, version);
        exchange.ReadTrades(ref fields);
        exchange.ReadRequests(ref fields);
        if (version >= BettingSnapshotLayout.Version)
        {
            exchange.ReadBetting(ref fields);
        }

        if (version >= IdentityLayout.Version)
        {
            exchange.ReadIdentity(ref fields);
        }

        if (version >= OrderSessionLayout.Version)
        {
            exchange.ReadOrderSessions(ref fields);
        }

        fields.Expect(fields.IsAtEnd, "the end of a snapshot");
        exchange.ListByOrderId();
        exchange.RequireSoundMoney(in fields);
        return exchange;
    }

    /// <remarks>What is not a small number is damage rather than a later build's.</remarks>
    private static void RequireSupported(long found, string what, int supported)
    {
        if (found > supported && found <= ushort.MaxValue)
        {
            throw new UnsupportedFormatException($"{what} {found}, this build supports {supported}");
        }
    }

    private void ReadAssets(ref FieldReader fields)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxAssets, "the number of assets");
        for (var id = 1; id <= count; id++)
        {
            fields.Array(SnapshotLayout.AssetFields);
            var asset = new Asset(fields.Text(TextRules.MaxInstrumentSymbol), (int)fields.Integer(0, 12))
            {
                Deposits = fields.Integer(0, long.MaxValue),
                Withdrawals = fields.Integer(0, long.MaxValue),
                Fees = fields.Integer(0, long.MaxValue),
            };
            fields.Expect(_assetSymbols.Find(asset.Symbol) == 0, "the symbol of an asset");
            _assetSymbols.Add(asset.Symbol, _ledger.AddAsset(asset));
        }
    }

    private void ReadAccounts(ref FieldReader fields, long version)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxAccounts, "the number of accounts");
        for (var id = 1; id <= count; id++)
        {
            var hasSwitch = version >= SnapshotLayout.OptionsVersion;
            fields.Array(SnapshotLayout.AccountFields + (hasSwitch ? 1 : 0));
            _ledger.AddAccount(fields.Integer(), fields.Text(TextRules.MaxText), fields.Integer(), fields.Integer());
            var lastAsset = 0;
            for (var balances = fields.Array(); balances > 0; balances--)
            {
                fields.Array(SnapshotLayout.BalanceFields);
                lastAsset = (int)fields.Integer(lastAsset + 1L, _ledger.AssetCount);
                ref var balance = ref _ledger.Balance(_ledger.EnsureBalance(id, lastAsset));
                balance.Available = fields.Integer(0, long.MaxValue);
                balance.Reserved = fields.Integer(0, long.MaxValue);
            }

            if (hasSwitch && fields.Integer(0, long.MaxValue) is not 0 and var at)
            {
                AdoptSwitch(id, at);
            }
        }
    }

    private void ReadInstruments(ref FieldReader fields, long version)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxInstruments, "the number of instruments");
        for (var id = 1; id <= count; id++)
        {
            var listing = SnapshotLayout.ReadListing(ref fields, version);
            var reason = CheckListing(
                listing.Symbol, listing.Base.Value, listing.Quote.Value, listing.TickSize, listing.LotSize,
                listing.MakerFeeBps, listing.TakerFeeBps, out var terms);
            fields.Expect(reason == RejectReason.None, "an instrument");
            var market = MarketOfInstrument(id);
            var outcome = market is null ? 0 : id - market.FirstInstrument;
            fields.Expect(market is null || IsListedAs(in listing, market, outcome), "the instrument of an outcome");
            var instrument = market is not null
                ? AddOutcome(market, outcome, terms)
                : AddInstrument(
                    listing.Symbol, listing.Base.Value, listing.Quote.Value, listing.TickSize, listing.LotSize, terms,
                    NewBook(_ladderPrices));
            instrument.MakerFeeBps = (short)listing.MakerFeeBps;
            instrument.TakerFeeBps = (short)listing.TakerFeeBps;
            SnapshotLayout.ReadCourse(ref fields, instrument);
            var hasStops = version >= SnapshotLayout.OptionsVersion;
            instrument.Rules = hasStops ? SnapshotLayout.ReadRules(ref fields) : default;
            ReadOpenOrders(ref fields, version, instrument, Side.Buy, OrderStatus.Open);
            ReadOpenOrders(ref fields, version, instrument, Side.Sell, OrderStatus.Open);
            fields.Expect(!IsCrossed(instrument), "a crossed book");
            if (hasStops)
            {
                ReadOpenOrders(ref fields, version, instrument, Side.Buy, OrderStatus.Pending);
                ReadOpenOrders(ref fields, version, instrument, Side.Sell, OrderStatus.Pending);
            }
        }
    }

    private static bool IsCrossed(Instrument instrument)
    {
        var place = OrderBook.FromBest;
        return instrument.Book.Next(Side.Buy, ref place, out var best)
            && instrument.Book.WouldMatch(Side.Buy, best.Key);
    }

    private void ReadOpenOrders(
        ref FieldReader fields, long version, Instrument instrument, Side side, OrderStatus status)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxOpenOrders - _orders.Count, "the number of open orders");
        var lastKey = long.MaxValue;
        for (; count > 0; count--)
        {
            var slot = _orders.Take();
            ref var order = ref _orders.Edit(slot);
            SnapshotLayout.ReadOrder(ref fields, version, out order, out var reference, out var options);
            Adopt(ref fields, ref order, in reference);
            if (order.HasReference)
            {
                _orders.EditReference(slot) = reference;
            }

            if (order.HasOptions)
            {
                _orders.EditOptions(slot) = options;
            }

            var isPending = status == OrderStatus.Pending;
            // Two outcomes share a book; what is in it stands with the second, when both are known.
            var own = _instruments[order.Instrument - 1];
            order.IsMirrored = own.IsMirror;
            var key = isPending ? StopKeyOf(own, order.Side, options.StopPrice) : own.KeyOf(order.Side, order.Price);
            var maySpendAll = isPending && options.QuoteUnits != 0;
            fields.Expect(
                own.Book == instrument.Book && order.BookSide == side && order.Status == status && key <= lastKey
                    && (own.Market is not { } market || Math.Max(order.Price, options.StopPrice) < market.PayoutTicks)
                    && (isPending ? order.Type >= OrderType.Stop : !order.IsMarket)
                    && (order.Price > 0 || order.IsMarket) && order.Price >= 0
                    && (order.Remaining > 0 || maySpendAll)
                    && (options.ExpiresAt == 0 || options.ExpiresAt > order.CreatedAt)
                    && (options.Display == 0 || order.Remaining - options.Hidden <= options.Display)
                    && order.Remaining <= long.MaxValue - own.SideLots(order.Side)
                    && TryReserveAgain(ref order, instrument.Terms),
                "an open order");
            lastKey = key;
            var book = isPending ? instrument.EnsureStops(_orders) : instrument.Book;
            book.Add(slot, ref order, key);
            if (order.HasOptions)
            {
                book.Hide(slot, options.Hidden);
            }

            _orderIndex.AddOpen(order.Id, slot);
        }
    }

    private static bool TryReserveAgain(ref Order order, in Terms terms)
    {
        var fits = Terms.TryValue(terms.LotUnits, order.Remaining, out order.Reserved);
        if (order.IsMarket)
        {
            order.Reserved = order.Side == Side.Buy ? 0 : order.Reserved; // Its protection price has no worth.
            return fits;
        }

        return fits & Terms.TryValue(order.Price, order.Remaining, out var value)
            && (order.Side == Side.Sell || terms.TryReserve(in order, value, out order.Reserved));
    }

    /// <summary>Checks what is common to open and closed orders, and makes the client's name for it findable.</summary>
    private void Adopt(ref FieldReader fields, ref Order order, in ClientReference reference)
    {
        fields.Expect(
            order.Id >= 1 && order.Id <= _lastOrder && Locate(order.Id, out _) < 0
                && _ledger.HasAccount(order.Account) && InstrumentOrNull(order.Instrument) is not null,
            "the ids of an order");
        var instrument = _instruments[order.Instrument - 1];
        order.Balances = new(
            _ledger.FindBalance(order.Account, instrument.QuoteAsset),
            _ledger.FindBalance(order.Account, instrument.BaseAsset));
        fields.Expect(order is { GivenBalance: >= 0, GottenBalance: >= 0 }, "the balances of an order");
        if (order.HasReference)
        {
            fields.Expect(FindByClientOrderId(order.Account, reference.Id.Bytes) == 0, "a client order id");
            _clientOrders.Add(ContentHash.Of((ulong)order.Account, reference.Id.Bytes), order.Id);
        }
    }

    private void ReadClosedOrders(ref FieldReader fields, long version)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxClosedOrders, "the number of closed orders");
        for (; count > 0; count--)
        {
            SnapshotLayout.ReadOrder(ref fields, version, out var order, out var reference, out var options);
            Adopt(ref fields, ref order, in reference);
            order.IsMirrored = _instruments[order.Instrument - 1].IsMirror;
            ref var ofAccount = ref _ledger.Account(order.Account).Closed;
            fields.Expect(
                !order.IsOpen && ofAccount.Count < _limits.MaxClosedOrdersPerAccount,
                "a closed order");
            _closedOrders.Add(in order, ref ofAccount, out var slot);
            _orderIndex.SetClosed(order.Id, slot, isNew: true);
            if (order.HasReference)
            {
                _closedOrders.EditReference(slot) = reference;
            }

            if (order.HasOptions)
            {
                _closedOrders.EditOptions(slot) = options;
            }
        }
    }

    private void ReadTrades(ref FieldReader fields)
    {
        var lastId = fields.Integer(0, long.MaxValue);
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxTrades && count <= lastId, "the number of trades");
        _trades.StartBehind(lastId - count);
        for (; count > 0; count--)
        {
            SnapshotLayout.ReadTrade(ref fields, out var trade);
            ref var added = ref _trades.Add(out var id);
            added = trade;
            fields.Expect(
                InstrumentOrNull(trade.Instrument) is not null && trade.PreviousOfMaker < id
                    && trade.PreviousOfTaker < id && trade.PreviousOfInstrument < id,
                "a trade");
        }
    }

    private void ReadRequests(ref FieldReader fields)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxRequestKeys, "the number of request keys");
        for (; count > 0; count--)
        {
            SnapshotLayout.ReadRequest(ref fields, out var entry, out var key, out var result);
            var user = new UserId(entry.User);
            fields.Expect(_requests.Find(user, key) is null, "a request key");
            _requests.Remember(user, key, entry.Content, entry.Index, entry.At, (RejectReason)entry.Reason, result);
        }
    }

    /// <summary>Puts every open order in its account's list, which is in order of id.</summary>
    private void ListByOrderId()
    {
        var ids = new long[_orders.Count];
        for (var slot = 0; slot < ids.Length; slot++)
        {
            ids[slot] = _orders[slot].Id; // All slots from 0 on are in use: none was ever given back.
        }

        Array.Sort(ids);
        foreach (var id in ids)
        {
            var slot = Locate(id, out _);
            ref var order = ref _orders.Edit(slot);
            LinkToAccount(slot, ref order);
            NoteEnd(slot, in order);
        }
    }

    private void RequireSoundMoney(in FieldReader fields)
    {
        var needed = new Int128[_ledger.BalanceCount];
        for (var slot = 0; slot < _orders.Count; slot++)
        {
            ref readonly var order = ref _orders[slot];
            needed[order.GivenBalance] += order.Reserved;
        }

        AddNeeds(needed);
        var owned = new Int128[_ledger.AssetCount];
        for (var slot = 0; slot < needed.Length; slot++)
        {
            ref readonly var balance = ref _ledger.Balance(slot);
            fields.Expect(balance.Reserved == needed[slot], "what is reserved");
            owned[balance.Asset - 1] += (Int128)balance.Available + balance.Reserved;
        }

        RequireSoundMarkets(in fields, owned);
        for (var id = 1; id <= owned.Length; id++)
        {
            var asset = _ledger.Asset(id);
            fields.Expect(
                asset.Deposits - asset.Withdrawals == owned[id - 1] + asset.Fees + PotsOf(id), "the sum of an asset");
        }
    }
}
