using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Api.WebSocket;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: whatever is sent in a text frame is answered with a stated outcome, and nothing enters the log but
/// what is said to be there. Method: messages of every op, damaged in one place or several, drawn from a seed; every
/// third is a good one, so that no connection is closed for three bad ones in a row.</summary>
public sealed class MutatedMessageTests
{
    private const int Messages = 20_000;
    private const int DrawnMessages = 100_000;
    private const int Connections = 4;
    private const int Seed = 20261122;

    private static readonly string[] Corpus =
    [
        """{"id":1,"op":"ping"}""",
        """{"id":"x","op":"subscribe","channels":["book:NONE?depth=5","trades:NONE"],"from_index":7}""",
        """{"op":"unsubscribe","channels":["book:BTC-USD"]}""",
        """{"op":"session","cancel_on_disconnect":true,"grace_ms":70000}""",
        """{"op":"order.cancel","order_id":"99999999","wait":"applied"}""",
        """{"op":"order.cancel","client_order_id":"none","account_id":"a1","idempotency_key":"k"}""",
        """{"op":"order.cancel_all","account_id":"a7","instrument":"BTC-USD","side":"buy","type":"runner"}""",
        """{"op":"order.amend","order_id":"99999999","data":{"price":"1.00","quantity":"0.1"}}""",
        """
        {"id":9,"op":"order.place","idempotency_key":"mm","data":{"account_id":"a1","instrument":"BTC-USD","side":"buy",
         "type":"limit","price":"1.001","quantity":"0.1","time_in_force":"gtc","post_only":false}}
        """,
        """
        {"op":"order.batch","data":{"orders":[{"account_id":"a1","instrument":"NONE","side":"sell","type":"limit",
         "price":"9.00","quantity":"0.1"}],"atomic":true}}
        """,
    ];

    [Fact]
    public async Task Every_message_has_an_outcome_and_the_log_holds_what_the_outcomes_say()
    {
        await using var node = await TestNode.StartReadyAsync("--Limits:MaxCommandWait=00:00:30");
        await node.WaitForFeatureLevelAsync();
        await SocketFlowTests.OpenMarketAsync(node.Client);
        var before = node.AppliedIndex;

        var lanes = Enumerable.Range(0, Connections)
            .Select(lane => RunAsync(node.Client, new Random(Seed + lane), Messages / Connections)).ToArray();
        var logged = (await Task.WhenAll(lanes)).Sum();

        Assert.InRange(logged, 1, Messages / 5);
        Assert.Equal(logged, await CommandsSinceAsync(node, before));
        (await node.Client.GetAsync("/readyz")).Expect(200);
        Assert.True((await node.Client.GetAsync("/v1/audit/conservation")).At("ok").GetBoolean());
    }

    [Fact]
    public void Whatever_is_read_is_either_a_request_of_http_or_a_stated_refusal()
    {
        var draws = new Random(Seed);
        var (good, refused) = (0, 0);
        for (var i = 0; i < DrawnMessages; i++)
        {
            var text = Draw(draws);
            var read = SocketRequestReader.Read(Encoding.UTF8.GetBytes(text), out _);
            if (read.Problem is { } problem)
            {
                refused++;
                Assert.True(problem is { Code.Status: 400, Outcome: "not_executed", Detail.Length: > 0 }, text);
            }
            else if (read.Value!.Op.IsOfOrders)
            {
                good++;
                var (call, refusal) = SocketCalls.Of(read.Value);
                Assert.True(call is null != refusal is null, text);
                Assert.True(call is null || call.PathAndQuery.StartsWith("/v1/orders", StringComparison.Ordinal), text);
                Assert.DoesNotContain(call?.PathAndQuery ?? "", static character => character is <= ' ' or > '~');
            }
        }

        Assert.InRange(good, DrawnMessages / 10, DrawnMessages);
        Assert.InRange(refused, DrawnMessages / 10, DrawnMessages);
    }

    /// <summary>Sends messages over a connection of its own.</summary>
    /// <returns>How many commands are in the log by what was answered.</returns>
    private static async Task<int> RunAsync(TestClient node, Random draws, int count)
    {
        using var socket = await TestSocket.OpenAsync(node);
        var sending = SendAsync();
        var (answered, pongs, logged) = (0, 0, 0);
        while (answered < count)
        {
            var answer = await socket.NextAsync();
            if (answer.TypeOf() == "pong" && answer.TryGetProperty("id", out var id) && id.ToString() == "good")
            {
                pongs++;
                continue;
            }

            answered++;
            var isRefused = answer.TypeOf() == "error";
            var outcome = isRefused ? answer.GetProperty("problem").GetProperty("outcome").GetString() : null;
            Assert.True(!isRefused || outcome is "not_executed" or "rejected", $"{answer}");
            Assert.True(!isRefused || answer.GetProperty("status").GetInt32() < 500, $"{answer}");
            logged += outcome == "rejected" || HasReceipt(answer) ? 1 : 0;
        }

        await sending;
        await socket.CloseAsync();
        return logged;

        async Task SendAsync()
        {
            for (var i = 0; i < count; i++)
            {
                await socket.SendAsync(Draw(draws));
                if (i % 2 == 1)
                {
                    await socket.SendAsync("""{"id":"good","op":"ping"}""");
                }
            }
        }
    }

    // A batch of which no order can be sent is answered without being in the log.
    private static bool HasReceipt(JsonElement answer) =>
        answer.TryGetProperty("data", out var data) && data.TryGetProperty("receipt", out _);

    private static string Draw(Random draws)
    {
        var text = Corpus[draws.Next(Corpus.Length)].ToCharArray().ToList();
        for (var damage = draws.Next(4); damage > 0 && text.Count > 0; damage--)
        {
            var at = draws.Next(text.Count);
            switch (draws.Next(5))
            {
                case 0:
                    text[at] = (char)draws.Next(' ', 127);
                    break;
                case 1:
                    text.RemoveAt(at);
                    break;
                case 2:
                    text.Insert(at, (char)draws.Next(1, 0x7FF));
                    break;
                case 3:
                    text.RemoveRange(at, Math.Min(draws.Next(20), text.Count - at));
                    break;
                default:
                    text.InsertRange(at, text.GetRange(at, Math.Min(draws.Next(20), text.Count - at)));
                    break;
            }
        }

        return new string([.. text]);
    }

    private static async Task<int> CommandsSinceAsync(TestNode node, long index)
    {
        var reader = node.Services.GetRequiredService<IReplicaReader>();
        var count = 0;
        while (await reader.ReadLogAsync(index + 1, 1000, TestContext.Current.CancellationToken) is { Count: > 0 } some)
        {
            count += some.Count(entry => entry.Command is not (CommandKind.RecordAudit or CommandKind.Tick)
                && !$"{entry.Command}".Contains("Session", StringComparison.Ordinal));
            index = some[^1].Entry.Index;
        }

        return count;
    }
}
