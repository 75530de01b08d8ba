namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>A service with its methods.</summary>
internal interface IGrpcService
{
    /// <summary>All that its proto file names.</summary>
    IEnumerable<GrpcMethod> Methods { get; }
}
