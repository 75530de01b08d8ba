namespace ReplicatedBook.Node.Security;

/// <summary>Declares the policy of a route.</summary>
internal static class RoutePolicyMetadata
{
    /// <summary>Says who may use a route; once, and before it is described.</summary>
    public static TRoute For<TRoute>(this TRoute route, RoutePolicy policy)
        where TRoute : IEndpointConventionBuilder => route.WithMetadata(policy);
}
