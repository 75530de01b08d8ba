using ReplicatedBook.Agents.Trading;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;

namespace ReplicatedBook.Agents.Running;

/// <summary>Makes what agents need and is not there yet: two assets, an instrument without fees, an account for each
/// label. Each step looks first, so that a setup that was cut short is completed by the next.</summary>
/// <param name="client">Where to; not disposed of.</param>
public sealed class VenueSetup(ReplicatedBookClient client)
{
    /// <summary>Completes the setup.</summary>
    /// <returns>The id of each account, in the order of the labels.</returns>
    /// <exception cref="OutcomeException">Something was refused, or no node could serve it.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(VenueSettings venue, CancellationToken cancellation)
    {
        await CreateAssetAsync(venue.Base, venue.BaseScale, cancellation).ConfigureAwait(false);
        await CreateAssetAsync(venue.Quote, venue.QuoteScale, cancellation).ConfigureAwait(false);
        await ListInstrumentAsync(venue, cancellation).ConfigureAwait(false);
        var accounts = new List<string>();
        foreach (var label in venue.Labels)
        {
            accounts.Add(await CreateAccountAsync(label, cancellation).ConfigureAwait(false));
        }

        return accounts;
    }

    private async Task CreateAssetAsync(string asset, int scale, CancellationToken cancellation)
    {
        var there = await client.ListAssetsAsync(ReadOptions.Strong, cancellation).ConfigureAwait(false);
        if (!there.Require().Items.Any(found => found.Asset == asset))
        {
            var made = await client.CreateAssetAsync(
                new() { Asset = asset, Scale = scale }, AgentStart.KeyOf($"asset {asset} {scale}"), cancellation)
                .ConfigureAwait(false);
            made.Require();
        }
    }

    private async Task ListInstrumentAsync(VenueSettings venue, CancellationToken cancellation)
    {
        var there = await client.GetInstrumentAsync(venue.Symbol, ReadOptions.Strong, cancellation)
            .ConfigureAwait(false);
        if (there.Kind != ReadKind.Refused)
        {
            there.Require();
            return;
        }

        var (tick, lot) = (Market.Text(venue.Tick), Market.Text(venue.Lot));
        var made = await client.ListInstrumentAsync(
            new()
            {
                Symbol = venue.Symbol,
                Type = "spot",
                Base = venue.Base,
                Quote = venue.Quote,
                TickSize = tick,
                LotSize = lot,
                MakerFeeBps = 0,
                TakerFeeBps = 0,
            },
            AgentStart.KeyOf($"instrument {venue.Symbol} {venue.Base} {venue.Quote} {tick} {lot}"), cancellation)
            .ConfigureAwait(false);
        made.Require();
    }

    private async Task<string> CreateAccountAsync(string label, CancellationToken cancellation)
    {
        var all = await client.ListAccountsAsync(ReadOptions.Strong, cancellation).ConfigureAwait(false);
        if (all.Require().Items.FirstOrDefault(account => account.Label == label) is { } found)
        {
            return found.AccountId;
        }

        var made = await client.CreateAccountAsync(
            new() { Label = label }, AgentStart.KeyOf($"account {label}"), cancellation).ConfigureAwait(false);
        return made.Require().AccountId;
    }
}
