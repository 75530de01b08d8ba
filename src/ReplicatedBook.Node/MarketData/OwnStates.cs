using System.Text;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>balances</c> and <c>positions</c>: how they are whenever they are different.</summary>
internal sealed class OwnStates(OwnTopics own, Catalog catalog)
{
    public IChannel OpenBalances(OwnScope scope, ChannelGuard guard) => Open(scope, guard, ReadBalancesAsync);

    public IChannel OpenPositions(OwnScope scope, ChannelGuard guard) => Open(scope, guard, ReadPositionsAsync);

    private StateChannel Open(
        OwnScope scope, ChannelGuard guard, Func<OwnScope, CancellationToken, ValueTask<StateReading>> read) => new(
        cancellation => own.FollowAsync(scope, cancellation),
        (_, _, cancellation) => read(scope, cancellation), own.Topics)
        {
            Guard = guard,
        };

    private async ValueTask<StateReading> ReadBalancesAsync(OwnScope scope, CancellationToken cancellation)
    {
        var reading = await own.Reader.ReadAsync(
            exchange => scope.AccountsIn(exchange)
                .Select(account => (Account: account, Balances: exchange.Balances(account) ?? [])).ToArray(),
            cancellation);
        var rows = new List<StateRow>();
        foreach (var (account, balances) in reading.Value)
        {
            foreach (var balance in balances)
            {
                var asset = await AssetAsync(balance.Asset, cancellation);
                rows.Add(new StateRow(
                    $"{IdText.Of(account)} {asset.Symbol}", balance, JsonOf(account, Shapes.Of(balance, asset))));
            }
        }

        return new StateReading(reading.Index, rows);
    }

    private async ValueTask<StateReading> ReadPositionsAsync(OwnScope scope, CancellationToken cancellation)
    {
        var reading = await own.Reader.ReadAsync(
            exchange => scope.AccountsIn(exchange)
                .SelectMany(account => exchange.Portfolio(account)?.Positions ?? [])
                .Select(position => (Position: position, Instrument: exchange.FindInstrument(position.Instrument)!))
                .ToArray(),
            cancellation);
        var rows = new List<StateRow>();
        foreach (var (position, instrument) in reading.Value)
        {
            var terms = catalog.Keep(instrument);

            // What it is worth changes with every trade of others; that alone is not told.
            var essence = (position.Quantity, position.Reserved, position.Cost, position.Realized);
            rows.Add(new StateRow(
                $"{IdText.Of(position.Account)} {terms.Symbol}", essence,
                JsonOf(position.Account, PositionShapes.Of(position, terms))));
        }

        return new StateReading(reading.Index, rows);
    }

    private async ValueTask<AssetView> AssetAsync(AssetId id, CancellationToken cancellation)
    {
        if (catalog.FindAsset(id) is { } known)
        {
            return known;
        }

        await catalog.LoadAllAsync(cancellation);
        return catalog.FindAsset(id)!;
    }

    private static byte[] JsonOf(AccountId account, BalanceResponse balance) => ChannelJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("account_id", IdText.Of(account));
        json.WriteString("asset", balance.Asset);
        json.WriteString("total", balance.Total);
        json.WriteString("available", balance.Available);
        json.WriteString("reserved", balance.Reserved);
        json.WriteEndObject();
    });

    private static byte[] JsonOf(AccountId account, PositionResponse position)
    {
        // The position's own fields behind the account.
        var fields = ChannelJson.Of(position, ResponseJson.Default.PositionResponse).AsSpan(1);
        return [.. "{\"account_id\":\""u8, .. Encoding.ASCII.GetBytes(IdText.Of(account)), .. "\","u8, .. fields];
    }
}
