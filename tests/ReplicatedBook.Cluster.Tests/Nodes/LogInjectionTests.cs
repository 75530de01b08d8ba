using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Nodes;

/// <summary>Goal: nothing that a client sends makes a line of the log look like another. Method: line ends and terminal
/// codes in every text of every request, at a node that logs all there is.</summary>
public sealed class LogInjectionTests
{
    private const string Escaped = "x%0d%0a%7b%22Forged%22%3atrue%7d%1b%5b31m";
    private const string Text = "x\\r\\n{\\\"Forged\\\":true}\\u001b[31m\\u0085\\u2028";

    private static readonly (string Method, string Path, string[] Fields)[] Routes =
    [
        ("POST", "/v1/assets", ["asset"]),
        ("POST", "/v1/accounts", ["label"]),
        ("POST", "/v1/accounts/a1/deposits", ["asset", "amount", "reference"]),
        ("POST", "/v1/accounts/a1/withdrawals", ["asset", "amount", "reference"]),
        ("POST", "/v1/instruments", ["symbol", "type", "base", "quote", "tick_size", "lot_size", "min_notional"]),
        ("PATCH", "/v1/instruments/X", ["min_notional", "max_quantity", "price_band_pct"]),
        ("POST", "/v1/instruments/X/status", ["status"]),
        ("POST", "/v1/orders", ["account_id", "client_order_id", "instrument", "side", "type", "price", "quantity",
            "time_in_force", "stp", "stop_price", "expires_at"]),
        ("POST", "/v1/orders/validate", ["account_id", "client_order_id", "instrument", "side", "type"]),
        ("PATCH", "/v1/orders/1", ["price", "quantity"]),
        ("POST", "/v1/events", ["event_id", "title", "description", "category", "collateral", "closes_at"]),
        ("PATCH", "/v1/events/x", ["title", "description", "category", "closes_at"]),
        ("POST", "/v1/markets/x/split", ["account_id", "quantity"]),
        ("POST", "/v1/markets/x/status", ["status"]),
        ("POST", "/v1/betting/markets", ["name", "currency"]),
        ("POST", "/v1/cluster/members", ["node_id", "peer", "api"]),
        ("POST", "/v1/cluster/leader", ["node_id"]),
    ];

    [Fact]
    public async Task Each_line_stays_one_line_of_json()
    {
        using var lease = PortLease.Take();
        using var peers = PortLease.Take();
        var folder = Directory.CreateTempSubdirectory("replicatedbook-").FullName;
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{lease.Port}/"));
        await using (var node = NodeRun.Start(
            folder,
            [
                "--Cluster:Id=test", "--Node:Id=n1", $"--Node:DataDirectory={folder}/data", "--Auth:Mode=off",
                $"--Http:Port={lease.Port}", $"--Peer:Port={peers.Port}", "--Cluster:Members:0:NodeId=n1",
                $"--Cluster:Members:0:Peer=127.0.0.1:{peers.Port}", $"--Cluster:Members:0:Api={address}",
                "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace",
                "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace",
            ]))
        {
            using var client = new ReplicatedBookClient([address]);
            await node.WaitReadyAsync(client);
            using var http = new HttpClient { BaseAddress = address };
            foreach (var (method, path, fields) in Routes)
            {
                await SendAllAsync(http, method, path, fields);
            }

            await SendRawAsync(lease.Port);
            await SendRawAsync(peers.Port);
            Assert.Equal(0, await node.StopAsync());

            Assert.True(node.Lines.Count > Routes.Length, "it logged too little to show anything");
            Assert.Contains(node.Lines, line => line.Contains("Forged", StringComparison.Ordinal));
            Assert.All(node.Lines, RequireGenuine);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The text in each field of the body, in the path, the query and in headers.</summary>
    private static async Task SendAllAsync(HttpClient http, string method, string path, string[] fields)
    {
        var bodies = fields.Select(field => $$"""{"{{field}}":"{{Text}}"}""")
            .Append($$"""{"{{Text}}":1}""")
            .Append($"{{{string.Join(',', fields.Select(field => $"\"{field}\":\"{Text}\""))}}}");
        foreach (var body in bodies)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            request.Headers.TryAddWithoutValidation("Idempotency-Key", "\u001b[31mForged");
            request.Headers.TryAddWithoutValidation("Request-Id", "\u001b[31mForged");
            request.Headers.TryAddWithoutValidation("traceparent", "\u001b[31mForged");
            using var response = await http.SendAsync(request);
            Assert.InRange((int)response.StatusCode, 200, 499);
        }

        using var inPath = await http.GetAsync($"{path}/{Escaped}?{Escaped}={Escaped}");
        Assert.InRange((int)inPath.StatusCode, 400, 499);
    }

    private static async Task SendRawAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        await socket.GetStream().WriteAsync(
            "G\u001b[31mForged /\u001b{\"Forged\":true} HTTP/1.1\r\nHost: \u001b\r\n\r\n"u8.ToArray());
        try
        {
            await socket.GetStream().CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // Reset, which is an end as well.
        }
    }

    private static void RequireGenuine(string line)
    {
        Assert.DoesNotContain(line, character => character < ' ');
        using var parsed = JsonDocument.Parse(line);
        Assert.True(parsed.RootElement.TryGetProperty("LogLevel", out _), line);
        Assert.False(parsed.RootElement.TryGetProperty("Forged", out _), line);
    }
}
