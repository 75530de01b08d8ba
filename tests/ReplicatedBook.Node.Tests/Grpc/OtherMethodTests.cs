using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: market data, accounts, markets and the cluster by gRPC are those of the HTTP interface. Method: each
/// method well and badly used on a node.</summary>
public sealed class OtherMethodTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    [Fact]
    public async Task Instruments_books_and_trades_are_read()
    {
        var (maker, taker) = (await node.NewAccountAsync(), await node.NewAccountAsync());
        await node.PlaceAsync(GrpcFixture.Limit(maker, Side.Sell, 200_00, 50));
        await node.PlaceAsync(GrpcFixture.Limit(maker, Side.Sell, 201_00, 70));
        await node.PlaceAsync(GrpcFixture.Limit(taker, Side.Buy, 200_00, 20));

        var list = (await node.CallAsync(
            "MarketData/ListInstruments", new ListRequest { Type = InstrumentType.Spot }, InstrumentList.Parser)).Ok();
        var instrument = Assert.Single(list.Items);
        Assert.Equal(
            (GrpcFixture.Symbol, "0.01", InstrumentStatus.Open, 200_00L),
            (instrument.Symbol, instrument.TickSize, instrument.Status, instrument.LastPriceTicks));

        var read = await node.CallAsync(
            "MarketData/GetBook",
            new GetBookRequest
            {
                Instrument = GrpcFixture.Symbol,
                Depth = 1,
                Read = new ReadOptions { Consistency = Consistency.Weak },
            },
            Book.Parser);
        var book = read.Ok();
        Assert.Equal((200_00L, 30L, 1u), (book.Asks[0].PriceTicks, book.Asks[0].QtyLots, book.Asks[0].Orders));
        Assert.Equal(("weak", book.Index.ToString()), (read.Headers["rb-consistency"], read.Headers["rb-index"]));
        Assert.Single(book.Asks);

        var trades = (await node.CallAsync(
            "MarketData/GetTrades", new ListRequest { Instrument = GrpcFixture.Symbol, Limit = 1 }, TradeList.Parser))
            .Ok();
        Assert.Equal(
            (200_00L, 20L, Side.Buy), (trades.Items[0].PriceTicks, trades.Items[0].QtyLots, trades.Items[0].TakerSide));
    }

    [Fact]
    public async Task Bad_reads_of_market_data_are_refused()
    {
        (await node.CallAsync("MarketData/GetBook", new GetBookRequest(), Book.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
        (await node.CallAsync("MarketData/GetBook", new GetBookRequest { Instrument = "NONE" }, Book.Parser)).Expect(
            GrpcCode.NotFound, "not_found");
        (await node.CallAsync(
            "MarketData/GetBook", new GetBookRequest { Instrument = GrpcFixture.Symbol, Level = 9 },
                Book.Parser)).Expect(
            GrpcCode.InvalidArgument, "invalid_query");
        (await node.CallAsync(
            "MarketData/GetBook",
            new GetBookRequest { Instrument = GrpcFixture.Symbol, Read = new ReadOptions { AtIndex = 1_000_000 } },
            Book.Parser)).Expect(GrpcCode.Unavailable, "index_not_reached");
        (await node.CallAsync("MarketData/GetTrades", new ListRequest(), TradeList.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
        (await node.CallAsync("MarketData/ListInstruments", new ListRequest { Cursor = "?" }, InstrumentList.Parser))
            .Expect(GrpcCode.InvalidArgument, "invalid_query");
    }

    [Fact]
    public async Task Money_is_credited_and_read()
    {
        var account = await node.NewAccountAsync();
        var credit = new CreditRequest { AccountId = account, Asset = "USD", AmountUnits = 12_34, Reference = "r" };
        var balance = (await node.CallAsync("Accounts/CreditAccount", credit, Balance.Parser)).Ok();
        Assert.Equal((1_000_012_34L, 2u), (balance.TotalUnits, balance.Scale));
        Assert.True(balance.Receipt.Index > 0);
        var list = (await node.CallAsync(
            "Accounts/GetBalances", new AccountRequest { AccountId = account }, BalanceList.Parser)).Ok();
        Assert.Equal(balance.TotalUnits, list.Items.Single(item => item.Asset == "USD").AvailableUnits);

        (await node.CallAsync("Accounts/CreditAccount", new CreditRequest(credit) { AmountUnits = -1 }, Balance.Parser))
            .Expect(GrpcCode.InvalidArgument, "invalid_field");
        (await node.CallAsync("Accounts/CreditAccount", new CreditRequest(credit) { Asset = "XXX" }, Balance.Parser))
            .Expect(GrpcCode.NotFound, "not_found");
        (await node.CallAsync("Accounts/CreditAccount", new CreditRequest(), Balance.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
        (await node.CallAsync("Accounts/GetBalances", new AccountRequest { AccountId = "a999" }, BalanceList.Parser))
            .Expect(GrpcCode.NotFound, "not_found");
        (await node.CallAsync("Accounts/GetPositions", new AccountRequest(), PositionList.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
        (await node.CallAsync("Accounts/GetBalances", new AccountRequest(), BalanceList.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
    }

    [Fact]
    public async Task A_prediction_market_lives_from_its_event_to_its_payout()
    {
        var account = await node.NewAccountAsync();
        var create = new CreateEventRequest
        {
            EventId = "grpc-rain",
            Title = "Rain?",
            Collateral = "USD",
            TickSize = "0.01",
            Outcomes = { new EventOutcome { Id = "YES" }, new EventOutcome { Id = "NO", Title = "No" } },
        };
        var market = (await node.CallAsync("Markets/CreateEvent", create, Market.Parser)).Ok();
        Assert.Equal((MarketStatus.Active, "grpc-rain:NO"), (market.Status, market.Outcomes[1].Instrument));
        (await node.CallAsync("Markets/CreateEvent", create, Market.Parser)).Expect(
            GrpcCode.AlreadyExists, "already_exists", "rejected");

        var sets = new SetRequest { MarketId = "grpc-rain", AccountId = account, QtyLots = 10 };
        var split = (await node.CallAsync("Markets/Split", sets, SetReply.Parser)).Ok();
        Assert.Equal((10L, 999_990_00L), (split.QtyLots, split.Balance.AvailableUnits));
        (await node.CallAsync("Markets/Merge", new SetRequest(sets) { QtyLots = 11 }, SetReply.Parser)).Expect(
            GrpcCode.FailedPrecondition, "insufficient_funds", "rejected");
        Assert.Equal(4L, (await node.CallAsync(
            "Markets/Merge", new SetRequest(sets) { QtyLots = 4 }, SetReply.Parser)).Ok().QtyLots);
        (await node.CallAsync("Markets/Split", new SetRequest(sets) { MarketId = "none" }, SetReply.Parser)).Expect(
            GrpcCode.NotFound, "not_found");
        (await node.CallAsync("Markets/Split", new SetRequest(sets) { QtyLots = 0 }, SetReply.Parser)).Expect(
            GrpcCode.InvalidArgument, "invalid_field");

        var positions = (await node.CallAsync(
            "Accounts/GetPositions", new AccountRequest { AccountId = account }, PositionList.Parser)).Ok();
        Assert.Equal([6L, 6L], positions.Items.Select(position => position.QtyLots));
        var resolve = new ResolveRequest { MarketId = "grpc-rain", Outcome = "YES" };
        Assert.Equal(
            MarketStatus.Resolved, (await node.CallAsync("Markets/Resolve", resolve, Market.Parser)).Ok().Status);
        (await node.CallAsync("Markets/Resolve", resolve, Market.Parser)).Expect(
            GrpcCode.FailedPrecondition, "already_resolved", "rejected");
        (await node.CallAsync("Markets/Resolve", new ResolveRequest(), Market.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
    }

    [Fact]
    public async Task A_betting_market_is_suspended_and_settled()
    {
        var create = new CreateBettingMarketRequest
        {
            Name = "Grpc Final",
            BookType = BookType.TwoRunner,
            Currency = "EUR",
            InPlayCapable = true,
            CommissionBps = 200,
            Runners = { new Runner { RunnerId = "1", Name = "Home" }, new Runner { RunnerId = "2", Name = "Away" } },
        };
        var market = (await node.CallAsync("Markets/CreateBettingMarket", create, BettingMarket.Parser)).Ok();
        Assert.Equal(
            (BettingState.Open, BettingPhase.Pre, BookType.TwoRunner), (market.State, market.Phase, market.BookType));
        (await node.CallAsync(
            "Markets/CreateBettingMarket", new CreateBettingMarketRequest(create) { BookType = 0 },
                BettingMarket.Parser))
            .Expect(GrpcCode.InvalidArgument, "invalid_field");

        var state = new SetMarketStateRequest
        {
            MarketId = market.MarketId,
            State = BettingState.Suspended,
            LapseOrders = true
        };
        Assert.Equal(
            BettingState.Suspended,
                (await node.CallAsync("Markets/SetMarketState", state, BettingMarket.Parser)).Ok().State);
        (await node.CallAsync(
            "Markets/SetMarketState", new SetMarketStateRequest(state) { State = BettingState.Settled },
                BettingMarket.Parser))
            .Expect(GrpcCode.InvalidArgument, "invalid_field");
        (await node.CallAsync("Markets/SetMarketState", new SetMarketStateRequest(), BettingMarket.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");

        var settle = new SettleRequest { MarketId = market.MarketId, Winners = { "1" } };
        (await node.CallAsync(
            "Markets/SetMarketState",
                new SetMarketStateRequest(state) { State = BettingState.Closed, LapseOrders = false },
            BettingMarket.Parser)).Ok();
        Assert.Equal(
            BettingState.Settled, (await node.CallAsync("Markets/Settle", settle, BettingMarket.Parser)).Ok().State);
        (await node.CallAsync("Markets/Settle", new SettleRequest(settle) { MarketId = "b999" }, BettingMarket.Parser))
            .Expect(GrpcCode.NotFound, "not_found", "rejected");
    }

    [Fact]
    public async Task The_cluster_is_seen_changed_and_saved()
    {
        var status = (await node.CallAsync("Cluster/Status", new ReadOptions(), ClusterStatus.Parser)).Ok();
        Assert.Equal(("n1", 1u, "leader"), (status.Leader, status.Quorum, status.Members[0].Role));
        var digest = (await node.CallAsync(
            "Cluster/Digest", new DigestRequest { AtIndex = status.CommitIndex }, DigestReply.Parser)).Ok();
        Assert.Equal((status.CommitIndex, 32), (digest.Index, digest.Digest.Length));
        (await node.CallAsync("Cluster/Digest", new DigestRequest { AtIndex = 9_999_999 }, DigestReply.Parser)).Expect(
            GrpcCode.Unavailable, "index_not_reached");

        var snapshot = (await node.CallAsync("Cluster/TakeSnapshot", new Empty(), SnapshotInfo.Parser)).Ok();
        Assert.Equal(("n1", 32), (snapshot.NodeId, snapshot.StateHash.Length));
        var added = (await node.CallAsync(
            "Cluster/AddMember", new Member { NodeId = "n9", Peer = "127.0.0.1:1", Api = "http://127.0.0.1:2" },
            ClusterStatus.Parser)).Ok();
        Assert.Contains(added.Members, member => member is { NodeId: "n9", Voter: false });
        (await node.CallAsync("Cluster/PromoteMember", new MemberId { NodeId = "n9" }, ClusterStatus.Parser)).Expect(
            GrpcCode.FailedPrecondition, "unsafe_membership_change");
        var removed = (await node.CallAsync(
            "Cluster/RemoveMember", new MemberId { NodeId = "n9" }, ClusterStatus.Parser)).Ok();
        Assert.Single(removed.Members);
        (await node.CallAsync("Cluster/AddMember", new Member { NodeId = "n1" }, ClusterStatus.Parser)).Expect(
            GrpcCode.InvalidArgument, "invalid_field");
        (await node.CallAsync("Cluster/RemoveMember", new MemberId(), ClusterStatus.Parser)).Expect(
            GrpcCode.InvalidArgument, "missing_field");
        (await node.CallAsync("Cluster/TransferLeader", new MemberId { NodeId = "n7" }, ClusterStatus.Parser)).Expect(
            GrpcCode.NotFound, "not_found");
    }
}
