using System.Security.Cryptography;
using System.Text;
using ReplicatedBook.Agents.Trading;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;

namespace ReplicatedBook.Agents.Running;

/// <summary>What stands before an agent's first step: its market, its account, its money, and an account without orders
/// of an earlier run. Waits for nodes that are not there, and tells so. One caller at a time.</summary>
/// <param name="client">Where to; not disposed of.</param>
/// <param name="tell">Is told what happens.</param>
/// <param name="time">Tells when to try again.</param>
public sealed class AgentStart(ReplicatedBookClient client, Action<AgentEvent> tell, TimeProvider time)
{
    /// <summary>What an account is called that is named by its label.</summary>
    public const string LabelPrefix = "label=";

    private const int KeyBytes = 16;

    /// <summary>Finds what is traded.</summary>
    /// <exception cref="OutcomeException">It is refused: there is no such instrument, or no right to see
    /// it.</exception>
    public async Task<Market> FindMarketAsync(string symbol, CancellationToken cancellation) => Market.Of(
        await ReadAsync(() => client.GetInstrumentAsync(symbol, ReadOptions.Strong, cancellation), cancellation)
            .ConfigureAwait(false));

    /// <summary>Finds an account.</summary>
    /// <param name="name">Its id, or <see cref="LabelPrefix"/> and its label.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Its id; null when there is no account of that label, or there are several.</returns>
    /// <exception cref="OutcomeException">It is refused.</exception>
    public async Task<string?> FindAccountAsync(string name, CancellationToken cancellation)
    {
        if (!name.StartsWith(LabelPrefix, StringComparison.Ordinal))
        {
            var named = await ReadAsync(
                () => client.GetAccountAsync(name, ReadOptions.Strong, cancellation), cancellation)
                .ConfigureAwait(false);
            return named.AccountId;
        }

        var label = name[LabelPrefix.Length..];
        var all = await ReadAsync(() => client.ListAccountsAsync(ReadOptions.Strong, cancellation), cancellation)
            .ConfigureAwait(false);
        var found = all.Items.Where(account => account.Label == label).Take(2).ToArray();
        return found.Length == 1 ? found[0].AccountId : null;
    }

    /// <summary>Pays money into an account that has none of an asset.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="asset">What.</param>
    /// <param name="amount">How much, in units of the asset; positive.</param>
    /// <param name="cancellation">Gives it up; it may have been paid.</param>
    /// <remarks>The key is made of all three, so that no start pays what another has paid. Keys are forgotten at
    /// last, but by then the account has some of the asset.</remarks>
    /// <exception cref="OutcomeException">It is refused.</exception>
    public async Task FundAsync(string account, string asset, decimal amount, CancellationToken cancellation)
    {
        var balances = await ReadAsync(
            () => client.GetBalancesAsync(account, ReadOptions.Strong, cancellation), cancellation)
            .ConfigureAwait(false);
        if (balances.Items.FirstOrDefault(balance => balance.Asset == asset) is { } has
            && Market.Parse(has.Total) > 0)
        {
            tell(AgentEvent.Of(AgentAction.Funded, $"{account} has {has.Total} {asset}, nothing is paid in"));
            return;
        }

        var text = Market.Text(amount);
        var key = KeyOf($"deposit {account} {asset} {text}");
        await WriteAsync(
            () => client.DepositAsync(
                account, new() { Asset = asset, Amount = text, Reference = "agent" }, key, cancellation),
            cancellation).ConfigureAwait(false);
        tell(AgentEvent.Of(AgentAction.Funded, $"{account} with {text} {asset}"));
    }

    /// <summary>Takes out of the book what an earlier run left there.</summary>
    /// <param name="account">Whose orders.</param>
    /// <param name="symbol">In which book.</param>
    /// <param name="side">buy or sell; null for both.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="OutcomeException">It is refused.</exception>
    public async Task ClearAsync(string account, string symbol, string? side, CancellationToken cancellation)
    {
        var key = ReplicatedBookClient.NewKey();
        var cleared = await WriteAsync(
            () => client.CancelOrdersAsync(account, symbol, side, key, cancellation), cancellation)
            .ConfigureAwait(false);
        if (cleared.Canceled > 0)
        {
            tell(AgentEvent.Of(AgentAction.Canceled, $"{cleared.Canceled} orders of an earlier run"));
        }
    }

    /// <summary>A key that is always the same for a request of which there must be one only.</summary>
    internal static string KeyOf(string request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)).AsSpan(0, KeyBytes));

    private async Task<T> ReadAsync<T>(Func<Task<ReadAnswer<T>>> read, CancellationToken cancellation)
        where T : class
    {
        while (true)
        {
            var answer = await read().ConfigureAwait(false);
            if (answer.Kind != ReadKind.Unavailable)
            {
                return answer.Require();
            }

            await WaitAsync(answer.Describe(), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<T> WriteAsync<T>(Func<Task<WriteOutcome<T>>> write, CancellationToken cancellation)
        where T : class
    {
        while (true)
        {
            var outcome = await write().ConfigureAwait(false);
            if (outcome.Kind is OutcomeKind.Committed or OutcomeKind.Rejected)
            {
                return outcome.Require();
            }

            await WaitAsync(outcome.Describe(), cancellation).ConfigureAwait(false);
        }
    }

    private Task WaitAsync(string why, CancellationToken cancellation)
    {
        tell(AgentEvent.Of(AgentAction.Waiting, why));
        return Task.Delay(TradingDesk.Retry, time, cancellation);
    }
}
