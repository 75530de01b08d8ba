using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Puts something to try into an empty cluster: two assets, one instrument, two accounts with funds,
/// each of a user of its own where there are users.</summary>
/// <remarks>Each step looks first, so that a start that was cut short is completed by the next, and nothing is done
/// twice.</remarks>
internal sealed class DevClusterSeed(
    ReplicatedBookClient client, DevClusterUsers? users, CancellationToken cancellation)
{
    private static readonly string[] Labels = ["alice", "bob"];

    private static readonly FundsRequest[] Funds =
    [
        new() { Asset = "USD", Amount = "1000000.00", Reference = "seed" },
        new() { Asset = "BTC", Amount = "100.00000000", Reference = "seed" },
    ];

    /// <summary>Completes the seed.</summary>
    /// <returns>One line for people.</returns>
    public async Task<string> RunAsync()
    {
        var done = 0;
        var assets = (await client.ListAssetsAsync(ReadOptions.Strong, cancellation)).Require().Items;
        done += await CreateAssetAsync(assets, "USD", 2);
        done += await CreateAssetAsync(assets, "BTC", 8);
        var instruments = (await client.ListInstrumentsAsync(ReadOptions.Strong, cancellation)).Require().Items;
        if (!instruments.Any(instrument => instrument.Symbol == "BTC-USD"))
        {
            done++;
            (await client.ListInstrumentAsync(Bitcoin(), null, cancellation)).Require();
        }

        foreach (var label in Labels)
        {
            done += await FundAsync(await FindAccountAsync(label), label);
        }

        return done == 0 ? "nothing to do" : "ok";
    }

    private static ListInstrumentRequest Bitcoin() => new()
    {
        Symbol = "BTC-USD",
        Type = "spot",
        Base = "BTC",
        Quote = "USD",
        TickSize = "0.01",
        LotSize = "0.0001",
        MakerFeeBps = 0,
        TakerFeeBps = 10,
    };

    private async Task<int> CreateAssetAsync(IReadOnlyList<AssetResponse> there, string asset, int scale)
    {
        if (there.Any(found => found.Asset == asset))
        {
            return 0;
        }

        (await client.CreateAssetAsync(new() { Asset = asset, Scale = scale }, null, cancellation)).Require();
        return 1;
    }

    /// <summary>An account of a user of that name; where there are no users, one with that label.</summary>
    private async Task<AccountResponse?> FindAccountAsync(string label)
    {
        var user = users is null ? null : await users.UserAsync(client, label);
        var accounts = (await client.ListAccountsAsync(ReadOptions.Strong, cancellation)).Require().Items;
        return accounts.FirstOrDefault(
            account => user is null ? account.Label == label : account.UserId == user.UserId);
    }

    private async Task<int> FundAsync(AccountResponse? account, string label)
    {
        account ??= (await client.CreateAccountAsync(new() { Label = label }, null, cancellation)).Require();
        var has = (await client.GetBalancesAsync(account.AccountId, ReadOptions.Strong, cancellation)).Require().Items;
        var missing = Funds.Where(funds => !has.Any(balance => balance.Asset == funds.Asset)).ToArray();
        foreach (var funds in missing)
        {
            (await client.DepositAsync(account.AccountId, funds, null, cancellation)).Require();
        }

        return missing.Length;
    }
}
