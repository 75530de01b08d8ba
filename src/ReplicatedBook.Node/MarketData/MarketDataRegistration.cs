namespace ReplicatedBook.Node.MarketData;

/// <summary>What market data is made of.</summary>
internal static class MarketDataRegistration
{
    public static IServiceCollection AddMarketData(this IServiceCollection services) => services
        .AddSingleton<MarketPump>()
        .AddSingleton<MarketWait>()
        .AddSingleton<MarketDataMeter>()
        .AddSingleton<FollowedTopics>()
        .AddSingleton<BookStreams>()
        .AddSingleton<Channels>();
}
