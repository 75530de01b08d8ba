using System.Text;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>A request as a client that means harm, or is broken, may send it.</summary>
internal sealed record MutatedRequest(
    string Method, string Path, byte[]? Body, string? ContentType, IReadOnlyList<(string Name, string Value)> Headers)
{
    private static readonly UriCreationOptions AsItStands = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    public HttpRequestMessage ToMessage(Uri node)
    {
        var address = new Uri($"http://{node.Authority}{Path}", AsItStands);
        var message = new HttpRequestMessage(new HttpMethod(Method), address);
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        return message;
    }

    public override string ToString() => $"{Method} {Path} [{ContentType}] {string.Join(", ", Headers)} "
        + (Body is null ? "" : Encoding.Latin1.GetString(Body));
}
