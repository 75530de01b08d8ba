using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>One row of the table.</summary>
/// <param name="Route">Method and pattern.</param>
/// <param name="Policies">One of them is the route's.</param>
/// <param name="Ok">Status of the answer to who is let in.</param>
/// <param name="Verdicts">For each caller: in, or the status of the refusal.</param>
internal sealed record AccessRow(string Route, RoutePolicy[] Policies, int Ok, string[] Verdicts)
{
    public int StatusFor(int caller) => IsIn(caller) ? Ok : int.Parse(Verdicts[caller]);

    public bool IsIn(int caller) => Verdicts[caller] == "in";
}
