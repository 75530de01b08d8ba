using System.Collections.Frozen;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Opens the channels that tell users what is their own. Safe from any thread.</summary>
internal sealed class OwnChannels(OwnTopics own, OwnStates states, ReadGateway reads, Catalog catalog)
{
    private static readonly ReadOptions Local = ReadOptions.Strong with { IsStrong = false };

    private static readonly TextParameter Account = new(
        "account_id", "Only what concerns this account: its id. Without it all of the user's, also those to come.");

    private static readonly FrozenSet<string> Orders = new[]
    {
        "order_accepted", "order_rejected", "order_amended", "order_canceled", "order_expired", "order_conditions",
        "order_triggered", "order_replenished", "order_released", "order_reduced",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Fills = new[] { "trade", "trade_voided" }.ToFrozenSet();

    /// <summary>Opens one.</summary>
    /// <returns>Null when there is none of that kind.</returns>
    public async ValueTask<Opened?> OpenAsync(ChannelName name, QueryReader query, ChannelReader reader)
    {
        if (name.Subject.Length > 0 || name.Kind is not ("orders" or "fills" or "balances" or "positions"))
        {
            return default(Opened?);
        }

        if (ChannelAccess.Refuse(RoutePolicy.User, reader.Caller) is { } refusal)
        {
            return refusal;
        }

        var defects = new Defects();
        var account = OrderBinder.Account(query.Text(Account), Account.Name, defects);
        if ((query.Finish() ?? defects.ToProblem()) is { } defect)
        {
            return defect;
        }

        if (account.Value != 0)
        {
            var shown = await reads.ReadAsync(Local, exchange => exchange.Shows(reader.Caller, account));
            if (shown.Failure is { } failure || !shown.Reading.Value)
            {
                return shown.Failure is null ? Problems.NotFound("no such account") : Problems.Of(shown.Failure);
            }
        }

        return Opened.As(Open(
            name.Kind, new OwnScope(reader.Caller.User, account), new ChannelGuard(RoutePolicy.User, reader)));
    }

    private IChannel Open(string kind, OwnScope scope, ChannelGuard guard) => kind switch
    {
        "orders" => new OwnEventsChannel(kind, Orders, scope, own, catalog, guard) { Beginning = OpenOrders.Of },
        "fills" => new OwnEventsChannel(kind, Fills, scope, own, catalog, guard),
        "balances" => states.OpenBalances(scope, guard),
        _ => states.OpenPositions(scope, guard),
    };
}
