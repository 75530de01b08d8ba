using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>What clients were told against what the log's feed shows: nothing acknowledged is lost or moved, nothing
/// happens twice, nothing refused happens, every read shows the state at its index.</summary>
internal static class EffectJudge
{
    private static readonly string[] ExpectedRefusals =
        ["insufficient_funds", "duplicate_client_order_id", "order_not_open", "not_found"];

    /// <summary>Judges all operations; adds what is wrong.</summary>
    public static void Judge(
        IReadOnlyList<ClientOperation> operations, FeedFacts feed, Violations violations)
    {
        Once(feed, violations);
        foreach (var operation in operations)
        {
            switch (operation.Ending)
            {
                case Ending.NotExecuted:
                    Require(!IsInFeed(operation, feed), "refused_no_effect");
                    break;
                case Ending.Answered:
                    Answered(operation, feed, violations);
                    break;
            }

            void Require(bool holds, string promise) => violations.Require(holds, promise, operation.ToString);
        }
    }

    private static void Once(FeedFacts feed, Violations violations)
    {
        foreach (var (account, changes) in feed.Money)
        {
            foreach (var twice in changes.GroupBy(change => change.Change).Where(group => group.Count() > 1))
            {
                violations.Add("at_most_once", $"{account} was changed by {string.Join(" and ", twice)}");
            }
        }

        foreach (var (name, orders) in feed.Accepted.Where(item => item.Value.Count > 1))
        {
            violations.Add("at_most_once", $"{name} was accepted as {string.Join(" and ", orders)}");
        }

        foreach (var (name, indexes) in feed.Canceled.Where(item => item.Value.Count > 1))
        {
            violations.Add("at_most_once", $"{name} was canceled at {string.Join(" and ", indexes)}");
        }
    }

    private static void Answered(ClientOperation operation, FeedFacts feed, Violations violations)
    {
        var (request, reply) = (operation.Request, operation.Reply!);
        foreach (var repeat in operation.Repeats)
        {
            violations.Require(
                repeat.Text == reply.Text && repeat.Code == reply.Code, "replay_answers",
                () => $"{operation} and later {repeat}");
        }

        violations.Require(
            reply.Code.Length == 0 || ExpectedRefusals.Contains(reply.Code), "expected_refusals", operation.ToString);
        if (Math.Max(reply.Index, reply.EffectIndex) >= feed.CompleteBelow)
        {
            return; // What the feed would show was lost with it.
        }

        if (request.IsRead)
        {
            violations.Require(ShowsItsIndex(request, reply, feed), "value_at_position", operation.ToString);
        }
        else if (reply.Code.Length == 0)
        {
            violations.Require(IsEffectAt(request, reply, feed), "lost_ack", operation.ToString);
        }
        else
        {
            var mayBeAnothers = request.Ask is Ask.PlaceResting or Ask.CancelResting or Ask.CancelTrading;
            violations.Require(mayBeAnothers || !IsInFeed(operation, feed), "rejected_no_effect", operation.ToString);
        }
    }

    /// <summary>Whether the operation's own effect is in the feed. Effects that may as well be others' count as
    /// absent.</summary>
    private static bool IsInFeed(ClientOperation operation, FeedFacts feed) => operation.Request.Ask switch
    {
        Ask.Deposit => Money(operation.Request, feed).Any(fact => fact.Change == operation.Request.Amount),
        Ask.Withdraw => Money(operation.Request, feed).Any(fact => fact.Change == -operation.Request.Amount),
        Ask.PlaceTrading => feed.Accepted.ContainsKey(operation.Request.Object),
        _ => false,
    };

    private static bool IsEffectAt(Request request, Reply reply, FeedFacts feed)
    {
        switch (request.Ask)
        {
            case Ask.Deposit or Ask.Withdraw:
                var change = request.Ask == Ask.Deposit ? request.Amount : -request.Amount;
                return Money(request, feed).Contains(new MoneyFact(reply.EffectIndex, change, reply.Balance ?? -1));
            case Ask.PlaceResting or Ask.PlaceTrading:
                return feed.Accepted.GetValueOrDefault(request.Object, []).Exists(fact =>
                    fact.Lots == request.Amount
                    && (reply.Answer == OrderAnswer.Done
                        ? fact.Index == reply.EffectIndex
                        : fact.Index < reply.EffectIndex));
            case Ask.CancelResting or Ask.CancelTrading:
                return feed.Canceled.GetValueOrDefault(request.Object, []).Contains(reply.EffectIndex);
            default:
                return true;
        }
    }

    private static bool ShowsItsIndex(Request request, Reply reply, FeedFacts feed)
    {
        if (request.Ask == Ask.ReadBalance && !(feed.Opened.GetValueOrDefault(request.Account) is > 0 and var opened
            && opened <= reply.Index))
        {
            return reply.Code == "not_found";
        }

        if (request.Ask == Ask.ReadBalance)
        {
            var before = Money(request, feed).FindLastIndex(fact => fact.Index <= reply.Index);
            return reply.Balance == (before < 0 ? 0 : Money(request, feed)[before].Total);
        }

        var placed = feed.Accepted.GetValueOrDefault(request.Object, []).Find(fact => fact.Index <= reply.Index);
        if (placed.Index == 0)
        {
            return reply.Answer == OrderAnswer.NotFound;
        }

        var isCanceled = feed.Canceled.GetValueOrDefault(request.Object, []).Exists(index => index <= reply.Index);
        return reply.Shown == new RestingOrder(isCanceled ? OrderPhase.Canceled : OrderPhase.Open, placed.Lots);
    }

    private static List<MoneyFact> Money(Request request, FeedFacts feed) =>
        feed.Money.GetValueOrDefault(request.Account, []);
}
