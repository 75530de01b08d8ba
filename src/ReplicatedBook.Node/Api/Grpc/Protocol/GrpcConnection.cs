namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>On connections to the port of gRPC, and so on all that comes over them: no route of HTTP is reached
/// there.</summary>
internal sealed class GrpcConnection
{
    private GrpcConnection()
    {
    }

    /// <summary>The one mark there is.</summary>
    public static GrpcConnection Mark { get; } = new();
}
