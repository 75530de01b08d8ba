using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Results of the orders of a batch as clients see them.</summary>
internal static class BatchShapes
{
    public static BatchResult Refused(int position, Problem problem) =>
        new(position, problem.Status, null, null, problem);

    public static BatchResult Of(
        int position, CommandOutcome outcome, Catalog catalog, Func<ApiProblem, Problem> toProblem)
    {
        if (!outcome.IsAccepted)
        {
            return Refused(position, toProblem(Rejections.OfOrder(outcome, catalog)));
        }

        if (outcome.Bet is not null)
        {
            var bet = BetShapes.Of(outcome, catalog, receipt: null);
            return new BatchResult(position, StatusOf(outcome), bet.Order, bet.Fills, null);
        }

        var terms = catalog.Find(outcome.Order!.Instrument)!;
        return new BatchResult(
            position,
            StatusOf(outcome),
            OrderShapes.Of(outcome.Order, terms),
            OrderShapes.Of(outcome.Fills, terms),
            null);
    }

    private static int StatusOf(CommandOutcome outcome) =>
        outcome.IsExistingOrder ? StatusCodes.Status200OK : StatusCodes.Status201Created;
}
