using System.Collections.Frozen;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>All methods of all services, by the path of their calls.</summary>
internal sealed class GrpcMethods(IEnumerable<IGrpcService> services)
{
    private readonly FrozenDictionary<string, GrpcMethod> _byPath =
        services.SelectMany(service => service.Methods).ToFrozenDictionary(method => method.Path, StringComparer.Ordinal);

    /// <summary>In no order.</summary>
    public IReadOnlyList<GrpcMethod> All => _byPath.Values;

    /// <summary>Null when there is none.</summary>
    public GrpcMethod? Find(string path) => _byPath.GetValueOrDefault(path);
}
