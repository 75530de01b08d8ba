using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A venue with a spot instrument, betting markets and users, and a short way to say what is said of sessions
/// of orders.</summary>
internal static class OrderSessionVenue
{
    public const int Root = 1;
    public const long Lease = 5_000_000;
    public const int Market = 1;

    /// <summary>Accounts 1 to <paramref name="accounts"/> of the users of the same number, of whom the first is an
    /// administrator; instrument 1, and a betting market of two runners with a delay in play.</summary>
    public static Venue Open(int accounts = 3, ExchangeLimits? limits = null)
    {
        var venue = new Venue(limits);
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        venue.Accept(new CreateAsset("EUR", 4));
        venue.Accept(new CreateAsset("CENT", 2));
        venue.Accept(new ListInstrument(
            "EUR-CENT", new AssetId(1), new AssetId(2), new DecimalSize(1, 2), new DecimalSize(1, 2), -5, 10));
        for (var account = 1; account <= accounts; account++)
        {
            venue.Accept(new CreateAccount($"account {account}"), user: account);
            venue.Deposit(account, 1, 50_000L * One);
            venue.Deposit(account, 2, 500_000_000);
        }

        venue.Accept(new Bootstrap("root", "hash of root"));
        for (var user = 2; user <= accounts; user++)
        {
            venue.Accept(new CreateUser($"user-{user}", $"hash of {user}", Roles.User, false), Root);
        }

        venue.Accept(BettingVenue.Market("match", delay: 3_000_000));
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderSessions));
        venue.Events.Clear();
        return venue;
    }

    /// <summary>Opens a session and gives its number.</summary>
    public static OrderSessionId OpenSession(
        this Venue venue, int user, string node = "n1", long incarnation = 1, long lease = Lease, long grace = 0) =>
        venue.Accept(new OpenOrderSession(node, incarnation, lease, grace), user).OrderSession;

    public static CommandOutcome CloseSession(this Venue venue, OrderSessionId session, int user) =>
        venue.Send(new CloseOrderSession(session), user);

    public static CommandOutcome RenewSessions(this Venue venue, string node = "n1", long incarnation = 1) =>
        venue.Send(new RenewOrderSessions(node, incarnation));

    /// <summary>Moves time on and lets happen what is due.</summary>
    public static void TickAt(this Venue venue, long time)
    {
        venue.Time = time;
        venue.Accept(default(Tick));
    }

    /// <summary>An order far from the market, in a session.</summary>
    public static CommandOutcome PlaceIn(this Venue venue, OrderSessionId session, int user, long price = 90) =>
        venue.Place(Venue.Order(user, Side.Buy, price, 10) with { Session = session });

    /// <summary>The state of an order, open or closed.</summary>
    public static (OrderStatus Status, StatusReason Reason) StateOf(this Venue venue, CommandOutcome placed)
    {
        if (placed.Bet is { } bet)
        {
            var known = venue.Exchange.FindBet(bet.Id)!;
            return (known.Status, known.Reason);
        }

        var order = venue.Exchange.FindOrder(placed.Order!.Id)!;
        return (order.Status, order.Reason);
    }
}
