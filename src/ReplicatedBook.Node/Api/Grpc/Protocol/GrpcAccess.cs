using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Who may call a method, and how often.</summary>
/// <param name="Routes">Routes of HTTP that a call goes through and whose policies judge it, as "POST /v1/orders"; none where
/// the method is judged here.</param>
/// <param name="Policy">Judged before the method begins; null where routes judge.</param>
internal sealed record GrpcAccess(IReadOnlyList<string> Routes, RoutePolicy? Policy)
{
    /// <summary>By the routes that it is made of.</summary>
    public static GrpcAccess Of(params string[] routes) => new(routes, null);

    /// <summary>By a policy, since no route is asked.</summary>
    public static GrpcAccess Of(RoutePolicy policy) => new([], policy);
}
