using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ReplicatedBook.Cli.Init;

/// <summary>One node of a cluster that is being set up.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Peer">Where the other nodes reach it: host:port.</param>
/// <param name="Api">Where clients reach it: host:port.</param>
internal sealed partial record InitNode(string Name, string Peer, string Api)
{
    private const int DefaultApiPort = 8001; // API.md 7, as of the first node: each is alone on its machine.
    private const int MaxPort = 65_535;

    /// <summary>What certificates are made for: the hosts of both addresses, each once.</summary>
    public IReadOnlyList<string> Hosts => [.. new[] { HostOf(Peer), HostOf(Api) }.Distinct(StringComparer.Ordinal)];

    /// <summary>Port of gRPC, 100 above that of HTTP; null where there is none so high.</summary>
    public int? GrpcPort => AboveApi(PortPlan.GrpcOffset);

    /// <summary>Port of the line protocol, 200 above that of HTTP; null where there is none so high.</summary>
    public int? TcpPort => AboveApi(PortPlan.TcpOffset);

    /// <summary>Reads <c>NAME=HOST:PORT[,HOST:PORT]</c>.</summary>
    /// <exception cref="UsageException">It is not that.</exception>
    public static InitNode Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match || !IsPort(match.Groups["peer"].Value)
            || (match.Groups["api"].Success && !IsPort(match.Groups["api"].Value)))
        {
            throw new UsageException(
                $"--node {text}: give NAME=HOST:PORT[,HOST:PORT], where peers and where clients reach it, such as "
                + "n1=10.0.0.1:8301,book.example.com:8001");
        }

        var peer = match.Groups["peer"].Value;
        var api = match.Groups["api"] is { Success: true } given
            ? given.Value
            : string.Create(CultureInfo.InvariantCulture, $"{HostOf(peer)}:{DefaultApiPort}");
        return new InitNode(match.Groups["name"].Value, peer, api);
    }

    /// <summary>Address to listen on for one of the two: that of this machine alone where others cannot reach it
    /// anyway.</summary>
    public static string ListenOn(string address) => HostOf(address) switch
    {
        "localhost" => "127.0.0.1",
        var host when IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip) => host,
        _ => "0.0.0.0",
    };

    /// <summary>Port of one of the two.</summary>
    public static int PortOf(string address) =>
        int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    private int? AboveApi(int offset) => PortOf(Api) + offset is <= MaxPort and var port ? port : null;

    private static string HostOf(string address) => address[..address.LastIndexOf(':')];

    private static bool IsPort(string address) => PortOf(address) is >= 1 and <= MaxPort;

    [GeneratedRegex(
        @"^(?<name>[A-Za-z0-9_-][A-Za-z0-9._-]{0,63})=(?<peer>[A-Za-z0-9._-]+:[0-9]{1,5})"
            + @"(,(?<api>[A-Za-z0-9._-]+:[0-9]{1,5}))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
