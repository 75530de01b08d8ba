using ReplicatedBook.Node.Tests.Grpc;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>A node with all transports that lets one command in at a time, and others wait for hardly longer than one
/// takes.</summary>
public sealed class NarrowNode : GrpcFixture
{
    protected override string[] Settings =>
    [
        "--Limits:MaxCommandsUnderWay=1", "--Limits:MaxCommandWait=00:00:00.001",
        "--Grpc:MaxSessionCommands=16",
    ];
}
