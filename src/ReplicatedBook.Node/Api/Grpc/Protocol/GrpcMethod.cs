using Google.Protobuf;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>One method of a service.</summary>
/// <param name="Descriptor">As its proto file has it.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Run">Carries a call out; what it returns ends the call.</param>
internal sealed record GrpcMethod(MethodDescriptor Descriptor, GrpcAccess Access, Func<GrpcCall, Task<GrpcStatus>> Run)
{
    /// <summary>The path of its calls.</summary>
    public string Path { get; } = $"/{Descriptor.Service.FullName}/{Descriptor.Name}";

    /// <summary>Whether something may come of a call whose answer nobody waits for.</summary>
    public bool IsWrite { get; init; }

    /// <summary>A method that takes one message and gives one.</summary>
    /// <param name="service">Its service.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="access">Who may call it.</param>
    /// <param name="parser">Of what it takes.</param>
    /// <param name="answer">Makes what it gives.</param>
    public static GrpcMethod Unary<TRequest, TReply>(
        ServiceDescriptor service, string name, GrpcAccess access, MessageParser<TRequest> parser,
        Func<GrpcCall, TRequest, ValueTask<GrpcAnswer<TReply>>> answer)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
        new(service.FindMethodByName(name), access, async call =>
        {
            var request = await call.ReadOneAsync(parser);
            if (request.Message is not { } message)
            {
                return request.Refusal!;
            }

            var reply = await answer(call, message);
            if (reply.Message is { } given)
            {
                call.Write(given);
                return GrpcStatus.Ok;
            }

            return reply.Refusal!;
        })
        {
            IsWrite = access.Routes.Any(route => !route.StartsWith("GET ", StringComparison.Ordinal)),
        };

    /// <summary>A method that takes one message and gives many.</summary>
    public static GrpcMethod ServerStream<TRequest>(
        ServiceDescriptor service, string name, GrpcAccess access, MessageParser<TRequest> parser,
        Func<GrpcCall, TRequest, Task<GrpcStatus>> run)
        where TRequest : class, IMessage<TRequest> =>
        new(service.FindMethodByName(name), access, async call =>
        {
            var request = await call.ReadOneAsync(parser);
            return request.Message is { } message ? await run(call, message) : request.Refusal!;
        });

    /// <summary>A method that takes many messages and gives many.</summary>
    public static GrpcMethod Duplex(
        ServiceDescriptor service, string name, GrpcAccess access, Func<GrpcCall, Task<GrpcStatus>> run) =>
        new(service.FindMethodByName(name), access, run);
}
