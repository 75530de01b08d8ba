namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>A message, or why there is none.</summary>
/// <param name="Message">Set unless it was refused.</param>
/// <param name="Refusal">Null unless it was refused.</param>
internal readonly record struct GrpcAnswer<T>(T? Message, GrpcStatus? Refusal)
    where T : class
{
    public static implicit operator GrpcAnswer<T>(T message) => new(message, null);

    public static implicit operator GrpcAnswer<T>(GrpcStatus refusal) => new(null, refusal);

    /// <summary>Turns the message into another; a refusal stays what it is.</summary>
    public GrpcAnswer<TOther> Then<TOther>(Func<T, TOther> turn)
        where TOther : class => Message is { } message ? turn(message) : Refusal!;
}
