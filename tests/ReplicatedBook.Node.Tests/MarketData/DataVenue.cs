using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>The market data of a node without the node: two spot instruments and a market of two outcomes that share a
/// book.</summary>
internal sealed class DataVenue : IAsyncDisposable
{
    public const int Accounts = 5;

    private readonly ServiceProvider _services;

    /// <param name="replica">Whose market data.</param>
    /// <param name="settings">Settings other than the standard ones.</param>
    public DataVenue(LocalReplica? replica = null, params (string Name, string Value)[] settings)
    {
        Replica = replica ?? new LocalReplica();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.ToDictionary(pair => pair.Name, pair => (string?)pair.Value))
                .Build())
            .AddNodeOptions()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<NodeMeter>()
            .AddSingleton(provider => new MetricsExporter(provider.GetRequiredService<NodeMeter>().Meter))
            .AddSingleton<IReplicaReader>(Replica)
            .AddSingleton(Replica.History)
            .AddSingleton(Log)
            .AddSingleton<IReplicatedLog>(Log)
            .AddSingleton<Catalog>()
            .AddSingleton<ReadGateway>()
            .AddSingleton<Lookup>()
            .AddSingleton<FeedFilters>()
            .AddSingleton<ClusterReports>(_ => null!) // There is no cluster.
            .AddMarketData()
            .BuildServiceProvider();
        _ = _services.GetRequiredService<MetricsExporter>();
        Prepare();
    }

    public LocalReplica Replica { get; }

    public ScriptedLog Log { get; } = new();

    public MarketPump Pump => _services.GetRequiredService<MarketPump>();

    public BookStreams Books => _services.GetRequiredService<BookStreams>();

    public OrderStreams Orders => _services.GetRequiredService<OrderStreams>();

    public Channels Channels => _services.GetRequiredService<Channels>();

    /// <summary>What was counted.</summary>
    public string Scrape() => _services.GetRequiredService<MetricsExporter>().Scrape();

    /// <summary>An instrument by its number.</summary>
    public InstrumentTerms Terms(int instrument) => _services.GetRequiredService<Catalog>().Keep(
        Replica.Exchange.FindInstrument(new InstrumentId(instrument))!);

    /// <summary>A user who owns the account of the same number.</summary>
    public static Caller User(int number) => new(new UserId(number), Roles.User, Scopes.Read | Scopes.Trade, null);

    /// <summary>The checksum of an instrument's book now.</summary>
    public uint ChecksumOf(int instrument) => BookChecksum.Of(
        Replica.Exchange.Book(new InstrumentId(instrument), BookChecksum.Levels, withOrders: false)!,
        Terms(instrument));

    /// <summary>Places a limit order of the account of this number.</summary>
    public void Place(int account, Side side, long price, long lots, int instrument = 1) => Replica.Accept(
        new PlaceOrder(
            new AccountId(account), default, new InstrumentId(instrument), side, OrderType.Limit, new Price(price),
            new Quantity(lots), default, false, default),
        account);

    /// <summary>Places a bet of the account of this number on a runner of the first market, at evens.</summary>
    public void Bet(int account, BetSide side, long stake, int runner = 2) => Replica.Accept(
        new PlaceBet(
            new AccountId(account), default, new BettingMarketId(1), new RunnerId(runner), side, new Odds(200),
            new Amount(stake), default, default, default, default, 0),
        account);

    /// <summary>Opens a channel that must be there.</summary>
    public Task<ReadChannel> OpenAsync(string name, Caller caller, long? fromIndex = null) =>
        OpenAsync(name, new ChannelReader(caller), fromIndex);

    /// <summary>Opens a channel that must be there.</summary>
    public async Task<ReadChannel> OpenAsync(string name, ChannelReader reader, long? fromIndex = null)
    {
        var (channel, refusal) = await Channels.OpenAsync(name, reader, CancellationToken.None);
        Assert.Null(refusal);
        return new ReadChannel(channel!, fromIndex);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private void Prepare()
    {
        if (Replica.Index > 0)
        {
            return;
        }

        Replica.Accept(new CreateAsset("BTC", 4));
        Replica.Accept(new CreateAsset("USD", 2));
        Replica.Accept(new ListInstrument(
            "BTC-USD", new AssetId(1), new AssetId(2), new DecimalSize(1, 2), new DecimalSize(1, 4), -2, 7));
        Replica.Accept(new ListInstrument(
            "BTC-USD:2", new AssetId(1), new AssetId(2), new DecimalSize(100, 0), new DecimalSize(1, 4), 3, 5));
        Replica.Accept(new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        Replica.Accept(new CreatePredictionMarket(
            "rain", "Will it rain?", new AssetId(2), new DecimalSize(1, 2), 0, 0, 0, default,
            [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")]));
        for (var account = 1; account <= Accounts; account++)
        {
            Replica.Accept(new CreateAccount($"account {account}"), user: account);
            Replica.Accept(new Deposit(new AccountId(account), new AssetId(1), new Amount(1_000_000_000), ""));
            Replica.Accept(new Deposit(new AccountId(account), new AssetId(2), new Amount(1_000_000_000), ""));
            Replica.Accept(
                new SplitSet(new AccountId(account), new PredictionMarketId(1), new Quantity(1_000_000)), account);
        }
    }
}
