using System.Globalization;
using ReplicatedBook.Cluster.Tests.Chaos.Judging;
using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Tests;

/// <summary>A small history in which everything is as it should be, for tests to spoil.</summary>
internal sealed class RightHistory
{
    public const string Counter = "a7";
    public const string Fought = "a5";

    public RightHistory()
    {
        Deposit = Add(Ask.Deposit, Counter, "", 50, 0, 10, At(11) with { EffectIndex = 11, Balance = 50, Text = "50" });
        Withdraw = Add(Ask.Withdraw, Counter, "", 20, 20, 30, At(12) with { EffectIndex = 12, Balance = 30 });
        Read = Add(Ask.ReadBalance, Counter, "", 0, 40, 50, At(12, "n2") with { Balance = 30 });
        Weak = Add(Ask.ReadBalance, Counter, "", 0, 40, 50, At(11, "n3") with { Balance = 50 }, isStrong: false);
        LaterWeak = Add(Ask.ReadBalance, Counter, "", 0, 60, 70, At(12, "n3") with { Balance = 30 }, isStrong: false);
        Refused = Add(Ask.Deposit, Counter, "", 70, 60, 70, null);
        var open = new RestingOrder(OrderPhase.Open, 100);
        Placed = Add(Ask.PlaceResting, Fought, "r1", 100, 80, 90, At(13) with
        {
            EffectIndex = 13,
            Answer = OrderAnswer.Done,
            Shown = open,
        });
        Canceled = Add(Ask.CancelResting, Fought, "r1", 0, 100, 110, At(14) with
        {
            EffectIndex = 14,
            Answer = OrderAnswer.Done,
            Shown = open with { Phase = OrderPhase.Canceled },
        });
        Deposit.Repeats.Add(Deposit.Reply! with { Index = 15, Digest = "d15" });
        Tell(9, "account_changed", ("account_id", Counter));
        Tell(11, "balance_changed", ("account_id", Counter), ("change", "0.50"), ("total", "0.50"));
        Tell(12, "balance_changed", ("account_id", Counter), ("change", "-0.20"), ("total", "0.30"));
        Tell(13, "order_accepted", ("account_id", Fought), ("order_id", "1"), ("client_order_id", "r1"),
            ("instrument", Stage.CalmMarket), ("side", "buy"), ("price", "1.00"), ("quantity", "1"));
        Tell(14, "order_canceled", ("account_id", Fought), ("order_id", "1"), ("instrument", Stage.CalmMarket));
    }

    public List<ClientOperation> Operations { get; } = [];

    public List<FeedItem> Feed { get; } = [];

    public ClientOperation Deposit { get; }

    public ClientOperation Withdraw { get; }

    public ClientOperation Read { get; }

    public ClientOperation Weak { get; }

    public ClientOperation LaterWeak { get; }

    public ClientOperation Refused { get; }

    public ClientOperation Placed { get; }

    public ClientOperation Canceled { get; }

    /// <summary>Names of the promises that all judges of histories find broken.</summary>
    public IReadOnlyList<string> Judge()
    {
        var violations = new Violations();
        var facts = new FeedFacts([Counter], Fought);
        Feed.ForEach(facts.Add);
        LinearizabilityJudge.Judge(Operations, violations);
        IndexJudge.Judge(Operations, violations);
        EffectJudge.Judge(Operations, facts, violations);
        return violations.Names;
    }

    /// <summary>Adds an event to the feed.</summary>
    public void Tell(long index, string type, params (string Name, string Value)[] fields)
    {
        var data = System.Text.Json.JsonSerializer.SerializeToElement(
            fields.ToDictionary(field => field.Name, field => field.Value));
        Feed.Add(new FeedItem(index, 0, 1, "", type, null, null, data));
    }

    private static Reply At(long index, string node = "n1") => new(
        node, index, 1, string.Create(CultureInfo.InvariantCulture, $"d{index}"), "", 0, null, OrderAnswer.None, null,
        "");

    private ClientOperation Add(
        Ask ask, string account, string name, long amount, long begun, long ended, Reply? reply, bool isStrong = true)
    {
        var isRead = ask is Ask.ReadBalance or Ask.ReadResting;
        var operation = new ClientOperation(
            1, new Request(ask, account, name, amount, isRead && isStrong, null, isRead ? null : "key", null), begun)
        {
            Ended = ended,
            Ending = reply is null ? Ending.NotExecuted : Ending.Answered,
            Reply = reply,
        };
        Operations.Add(operation);
        return operation;
    }
}
