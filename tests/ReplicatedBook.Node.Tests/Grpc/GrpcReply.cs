using Google.Protobuf;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>All of an answer to a call that gives one message at most.</summary>
/// <param name="Status">As the trailers have it.</param>
/// <param name="Message">Null when there was none.</param>
/// <param name="Headers">Metadata before the message, by name in lower case.</param>
/// <param name="Trailers">Metadata after it.</param>
internal sealed record GrpcReply<T>(
    GrpcCode Status, T? Message, IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Trailers)
    where T : class, IMessage<T>
{
    public T Ok()
    {
        Assert.True(Status == GrpcCode.Ok, $"{Status}: {string.Join(", ", Trailers)}");
        return Assert.IsType<T>(Message);
    }

    public GrpcReply<T> Expect(GrpcCode status, string code, string outcome = "not_executed")
    {
        Assert.Null(Message);
        Assert.Equal(
            (status, code, outcome),
            (Status, Trailers.GetValueOrDefault("rb-code"), Trailers.GetValueOrDefault("rb-outcome")));
        return this;
    }
}
