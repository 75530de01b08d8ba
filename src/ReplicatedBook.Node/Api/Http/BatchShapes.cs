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

        var terms = catalog.Find(outcome.Order!.Instrument)!;
        return new BatchResult(
            position,
            outcome.IsExistingOrder ? StatusCodes.Status200OK : StatusCodes.Status201Created,
            OrderShapes.Of(outcome.Order, terms),
            OrderShapes.Of(outcome.Fills, terms),
            null);
    }
}
