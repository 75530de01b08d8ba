using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>Sends requests to one node, once each. Safe from any thread.</summary>
/// <param name="node">Asks the node alone and never repeats by itself.</param>
internal sealed class NodeCaller(ReplicatedBookClient node)
{
    /// <summary>One attempt.</summary>
    public async Task<(AttemptEnd End, Reply? Reply)> SendAsync(Request request)
    {
        var name = OrderName.ByClientId(request.Name, request.Account);
        var read = request.IsStrong ? ReadOptions.Strong
            : request.MinIndex is { } index ? ReadOptions.Since(index) : ReadOptions.Weak;
        return request.Ask switch
        {
            Ask.Deposit => Judge(
                await node.DepositAsync(request.Account, Funds(request), request.Key), OfFunds),
            Ask.Withdraw => Judge(
                await node.WithdrawAsync(request.Account, Funds(request), request.Key), OfFunds),
            Ask.ReadBalance => Judge(await node.GetBalancesAsync(request.Account, read), OfBalances),
            Ask.PlaceResting or Ask.PlaceTrading => Judge(
                await node.PlaceOrderAsync(request.Order!, request.Key), OfPlaced),
            Ask.CancelResting or Ask.CancelTrading => Judge(
                await node.CancelOrderAsync(name, request.Key), OfCanceled),
            Ask.ReadResting => Judge(await node.GetOrderAsync(name, read), OfOrderRead),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
    }

    private static FundsRequest Funds(Request request) =>
        new() { Asset = Stage.Quote, Amount = Money.Text(request.Amount) };

    private static (AttemptEnd End, Reply? Reply) Judge<T>(WriteOutcome<T> outcome, Func<Reply, T, Reply> read)
        where T : class => outcome.Kind switch
        {
            OutcomeKind.Committed => (AttemptEnd.Answered, read(Of(outcome.Mark, ""), outcome.Require())),
            OutcomeKind.Rejected => (AttemptEnd.Answered, OfProblem(Of(outcome.Mark, ""), outcome.Problem)),
            OutcomeKind.NotExecuted => (AttemptEnd.NotExecuted, null),
            _ => (AttemptEnd.Unknown, null),
        };

    private static (AttemptEnd End, Reply? Reply) Judge<T>(ReadAnswer<T> answer, Func<Reply, T, Reply> read)
        where T : class => answer.Kind switch
        {
            ReadKind.Answered => (AttemptEnd.Answered, read(Of(answer.Mark, ""), answer.Require())),
            ReadKind.Refused => (AttemptEnd.Answered, OfProblem(Of(answer.Mark, ""), answer.Problem)),
            _ => (AttemptEnd.NotExecuted, null),
        };

    private static Reply Of(in ResponseMark mark, string code) =>
        new(mark.Node, mark.Index, mark.Term, mark.Digest, code, 0, null, OrderAnswer.None, null, "");

    private static Reply OfFunds(Reply reply, FundsResponse funds) => reply with
    {
        EffectIndex = funds.Receipt?.Index ?? 0,
        Balance = Money.Units(funds.Balance.Total),
        Text = $"{funds.LedgerId} {funds.Balance} {funds.Receipt?.Index}",
    };

    private static Reply OfBalances(Reply reply, BalancesResponse balances)
    {
        var balance = balances.Items.FirstOrDefault(item => item.Asset == Stage.Quote);
        return reply with { Balance = balance is null ? 0 : Money.Units(balance.Total) };
    }

    /// <summary>An order that was there before was created by an earlier entry than the one that carried the
    /// request.</summary>
    private static Reply OfPlaced(Reply reply, OrderResponse placed) => OfOrder(reply, placed) with
    {
        Answer = placed.Order.CreatedIndex == placed.Receipt?.Index ? OrderAnswer.Done : OrderAnswer.Existing,
    };

    private static Reply OfCanceled(Reply reply, OrderResponse canceled) =>
        OfOrder(reply, canceled) with { Answer = OrderAnswer.Done };

    private static Reply OfOrderRead(Reply reply, OrderResponse read) =>
        OfOrder(reply, read) with { Answer = OrderAnswer.Done };

    private static Reply OfOrder(Reply reply, OrderResponse answer) => reply with
    {
        EffectIndex = answer.Receipt?.Index ?? 0,
        Shown = Resting(answer.Order),
        Text = $"{answer.Order} {string.Join(',', answer.Fills)} {answer.Receipt?.Index}",
    };

    private static Reply OfProblem(Reply reply, Problem? problem) => reply with
    {
        Code = problem?.Code ?? "none",
        EffectIndex = problem?.Index ?? 0,
        Answer = problem?.Code switch
        {
            "duplicate_client_order_id" => OrderAnswer.OtherContent,
            "order_not_open" => OrderAnswer.NotOpen,
            "not_found" => OrderAnswer.NotFound,
            _ => OrderAnswer.None,
        },
        Shown = problem?.Order is { } order ? Resting(order) : null,
        Text = $"{problem?.Code} {problem?.Order} {problem?.Index}",
    };

    private static RestingOrder Resting(OrderState order) => new(
        order.Status == "open" ? OrderPhase.Open : OrderPhase.Canceled, Money.Units(order.Quantity));
}
