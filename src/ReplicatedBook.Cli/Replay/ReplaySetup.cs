using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Replay;

/// <summary>Creates what a replay needs and does not find: assets, instrument, and an account of its own with ample
/// funds.</summary>
internal sealed class ReplaySetup(ReplicatedBookClient client, CancellationToken cancellation)
{
    private const string Funds = "10000000000"; // Ten thousand million: thousands of replays fit into 64 bits.
    private const int MaxSuffix = 10_000;

    /// <summary>Makes ready.</summary>
    /// <param name="symbol">Wanted instrument, also the name of its base asset.</param>
    /// <param name="isFresh">Whether a suffix is added until there is no such instrument yet.</param>
    /// <param name="run">Names the account.</param>
    /// <exception cref="UsageException">The instrument exists and others' orders rest in it.</exception>
    public async Task<ReplayMarket> RunAsync(string symbol, bool isFresh, string run)
    {
        var assets = (await client.ListAssetsAsync(ReadOptions.Strong, cancellation)).Require().Items;
        var instruments = (await client.ListInstrumentsAsync(ReadOptions.Strong, cancellation)).Require().Items;
        var chosen = isFresh ? Unused(symbol, instruments) : symbol;
        var existing = instruments.FirstOrDefault(instrument => instrument.Symbol == chosen);
        if (existing is null)
        {
            var quote = await QuoteAsync(assets);
            await CreateAssetAsync(assets, chosen, 0);
            existing = (await client.ListInstrumentAsync(Instrument(chosen, quote), null, cancellation)).Require();
        }
        else
        {
            await RequireUsableAsync(existing);
        }

        var label = new CreateAccountRequest { Label = $"replay {run}" };
        var account = (await client.CreateAccountAsync(label, null, cancellation)).Require();
        foreach (var asset in new[] { existing.Base, existing.Quote })
        {
            var funds = new FundsRequest { Asset = asset, Amount = Funds, Reference = $"replay {run}" };
            (await client.DepositAsync(account.AccountId, funds, null, cancellation)).Require();
        }

        return new ReplayMarket(chosen, account.AccountId);
    }

    private static string Unused(string symbol, IReadOnlyList<InstrumentResponse> there)
    {
        var names = there.Select(instrument => instrument.Symbol).ToHashSet(StringComparer.Ordinal);
        return !names.Contains(symbol)
            ? symbol
            : Enumerable.Range(2, MaxSuffix).Select(at => $"{symbol}-{at}").First(name => !names.Contains(name));
    }

    private static ListInstrumentRequest Instrument(string symbol, string quote) => new()
    {
        Symbol = symbol,
        Type = "spot",
        Base = symbol,
        Quote = quote,
        TickSize = ReplayNumbers.TickSize,
        LotSize = ReplayNumbers.LotSize,
        MakerFeeBps = 0,
        TakerFeeBps = 0,
    };

    /// <summary>USD where it is fine enough for the tick; a cluster that has a coarser USD gets USD4 beside
    /// it.</summary>
    private async Task<string> QuoteAsync(IReadOnlyList<AssetResponse> there)
    {
        var name = there.Any(asset => asset.Asset == "USD" && asset.Scale < ReplayNumbers.PriceScale) ? "USD4" : "USD";
        await CreateAssetAsync(there, name, ReplayNumbers.PriceScale);
        return name;
    }

    private async Task CreateAssetAsync(IReadOnlyList<AssetResponse> there, string name, int scale)
    {
        if (!there.Any(asset => asset.Asset == name))
        {
            (await client.CreateAssetAsync(new() { Asset = name, Scale = scale }, null, cancellation)).Require();
        }
    }

    private async Task RequireUsableAsync(InstrumentResponse instrument)
    {
        if (instrument is not { TickSize: ReplayNumbers.TickSize, LotSize: ReplayNumbers.LotSize, Status: "open" })
        {
            throw new UsageException(
                $"{instrument.Symbol} exists with another tick, lot or status; "
                + "choose another --symbol or --fresh-symbol");
        }

        var book = (await client.GetBookAsync(instrument.Symbol, 1, 1, ReadOptions.Strong, cancellation)).Require();
        if (book.Bids.Count + book.Asks.Count > 0)
        {
            throw new UsageException(
                $"orders rest in {instrument.Symbol}, so its book cannot be compared; "
                + "choose another --symbol or --fresh-symbol");
        }
    }
}
