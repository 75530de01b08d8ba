using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>The body of a request that is all there.</summary>
internal sealed class RequestBody(ReadOnlyMemory<byte> body) : IRequestBodyPipeFeature
{
    /// <inheritdoc/>
    public PipeReader Reader { get; } = PipeReader.Create(new ReadOnlySequence<byte>(body));
}
