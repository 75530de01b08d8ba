using System.Globalization;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>One market of two assets, without fees, so that money only moves.</summary>
internal static class SpotMarket
{
    public const string Symbol = "BTC-USD";

    /// <summary>A price as nodes write it.</summary>
    public static string PriceOf(long ticks) => (ticks / 100m).ToString("F2", CultureInfo.InvariantCulture);

    public static async Task OpenAsync(ReplicatedBookClient client)
    {
        (await client.CreateAssetAsync(new() { Asset = "USD", Scale = 2 })).Require();
        (await client.CreateAssetAsync(new() { Asset = "BTC", Scale = 2 })).Require();
        (await client.ListInstrumentAsync(new()
        {
            Symbol = Symbol,
            Type = "spot",
            Base = "BTC",
            Quote = "USD",
            TickSize = "0.01",
            LotSize = "1",
            MakerFeeBps = 0,
            TakerFeeBps = 0,
        })).Require();
    }
}
