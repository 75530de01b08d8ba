using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>Goal: no request makes a node connect to where its sender likes. Method: in the node's files, connections
/// are made in one folder only, to members, whom operators name and certificates prove.</summary>
public sealed partial class OutgoingTests
{
    private const string Node = "src/ReplicatedBook.Node/";

    [Fact]
    public void Only_links_between_nodes_connect_to_anything()
    {
        var connecting = RepositoryFiles.All(".cs").Where(path => path.StartsWith(Node, StringComparison.Ordinal))
            .Where(path => RepositoryFiles.Lines(path).Any(Connects)).Select(path => Path.GetDirectoryName(path)!);

        Assert.Equal([Node + "Peers"], connecting.Distinct());
    }

    [Theory]
    [InlineData("await socket.ConnectAsync(address);", true)]
    [InlineData("using var client = new HttpClient();", true)]
    [InlineData("var request = WebRequest.Create(uri);", true)]
    [InlineData("private readonly ClientWebSocket _socket = new();", true)]
    [InlineData("// HttpClient", false)]
    [InlineData("var connection = await listener.AcceptAsync();", false)]
    public void What_it_looks_for_is_found(string line, bool isFound) => Assert.Equal(isFound, Connects(line));

    private static bool Connects(string line) =>
        !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Means().IsMatch(line);

    [GeneratedRegex(@"\b(HttpClient|HttpMessageInvoker|WebRequest|WebClient|ClientWebSocket|TcpClient|UdpClient)\b"
        + @"|\.Connect(Async)?\(")]
    private static partial Regex Means();
}
