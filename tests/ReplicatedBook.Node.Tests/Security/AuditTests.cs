using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: who did what, from where, and how it ended, once each. Method: requests of several users, and the
/// chain of hashes made again from what the route shows.</summary>
public sealed class AuditTests
{
    private static readonly (string, string) Admin = GuardedNode.Admin;
    private static readonly (string, string) Auditor = GuardedNode.Auditor;
    private static readonly (string, string) Operator = ScriptedAuthenticator.As(9, Roles.Operator);

    [Fact]
    public async Task Every_administrative_command_leaves_one_record_with_its_user_and_address()
    {
        await using var node = await GuardedNode.StartAsync();
        var client = node.Client;
        (await client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""", Admin)).Expect(201);
        (await client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""", Admin)).Expect(409);
        var account = (await client.PostAsync("/v1/accounts", "{}", GuardedNode.Alice)).Expect(201);
        var path = $"/v1/accounts/{account.TextAt("account_id")}/deposits";
        for (var i = 0; i < 3; i++)
        {
            (await client.PostAsync(path, """{"asset":"USD","amount":"5"}""", Admin, ("Idempotency-Key", "once")))
                .Expect(201);
        }

        var records = await RecordsAsync(client, "user_id=u1&order=asc");

        Assert.Equal(
            [
                ("asset.create", "asset:USD", "accepted"), ("asset.create", "asset:USD", "already_exists"),
                ("deposit", "account:1", "accepted"),
            ],
            records.Select(record => (Text(record, "action"), Text(record, "target"), Text(record, "outcome"))));
        Assert.All(records, record => Assert.Equal("127.0.0.1", Text(record, "origin")));
        Assert.Empty(await RecordsAsync(client, "user_id=u2"));
    }

    [Fact]
    public async Task What_operators_do_outside_of_the_log_is_on_record()
    {
        await using var node = await GuardedNode.StartAsync();
        var client = node.Client;
        const string Member = """{"node_id":"n9","peer":"127.0.0.1:1","api":"http://127.0.0.1:2"}""";
        (await client.PostAsync("/v1/cluster/members", Member, Operator)).Expect(201);
        (await client.PostAsync("/v1/cluster/members/n9/promote", "", Operator)).Expect(422);
        (await client.DeleteAsync("/v1/cluster/members/n9", Operator)).Expect(200);
        (await client.DeleteAsync("/v1/cluster/members/no%0Asuch", Operator)).Expect(404);
        var id = (await client.PostAsync("/v1/cluster/snapshots", "", Operator)).Expect(201).TextAt("snapshot_id");
        (await client.GetAsync($"/v1/cluster/snapshots/{id}/content", Operator)).Expect(200);
        (await client.PostAsync("/v1/cluster/leader", """{"node_id":"n1"}""", Operator)).Expect(200);

        var records = await RecordsAsync(client, "user_id=u9&order=asc");

        Assert.Equal(
            [
                "member.added member:n9 accepted", "member.promoted member:n9 unsafe_membership_change",
                "member.removed member:n9 accepted", "member.removed member:no?such not_found",
                $"snapshot.take snapshot:n1/{id} accepted", $"snapshot.download snapshot:n1/{id} accepted",
                "leader.transfer member:n1 accepted",
            ],
            records.Select(record => $"{Text(record, "action")} {Text(record, "target")} {Text(record, "outcome")}"));
    }

    [Fact]
    public async Task Refused_requests_are_on_record_and_a_flood_of_them_as_a_number()
    {
        await using var node = await GuardedNode.StartAsync();
        var client = node.Client;
        (await client.GetAsync("/v1/accounts")).Expect(401);
        for (var i = 0; i < 200; i++)
        {
            (await client.PostAsync("/v1/assets", "{}", GuardedNode.Alice)).Expect(403);
        }

        (await client.GetAsync("/v1/node", GuardedNode.Bob)).Expect(403);
        var refused = await UntilAsync(client, "action=access", 7);

        var numbers = (await RecordsAsync(client, "action=access.unrecorded"))
            .Select(record => int.Parse(Text(record, "target")["requests:".Length..])).ToList();
        Assert.Equal((7, 195), (refused.Count, numbers.Sum()));
        Assert.InRange(numbers.Count, 1, refused.Count);
        Assert.Equal("u3 GET /v1/node forbidden", Line(refused[0]));
        Assert.All(refused.Take(1..6), record => Assert.Equal("u2 POST /v1/assets forbidden", Line(record)));
        Assert.Equal("local GET /v1/accounts unauthenticated", Line(refused[6]));

        static string Line(JsonElement record) =>
            $"{Text(record, "user_id")} {Text(record, "target")} {Text(record, "outcome")}";
    }

    [Fact]
    public async Task The_chain_can_be_made_again_from_what_is_shown_and_an_altered_record_breaks_it()
    {
        await using var node = await (await GuardedNode.StartAsync()).WithMarketsAsync();
        (await node.Client.GetAsync("/v1/node", GuardedNode.Bob)).Expect(403);
        await UntilAsync(node.Client, "action=access", 1);
        var seen = new List<JsonElement>();
        var cursor = "";
        do
        {
            var page = (await node.Client.GetAsync($"/v1/audit?order=asc&limit=2{cursor}", Auditor)).Expect(200);
            seen.AddRange(page.At("items").EnumerateArray());
            cursor = page.Json.TryGetProperty("next_cursor", out var next) ? $"&cursor={next.GetString()}" : "";
        }
        while (cursor.Length > 0);

        Assert.InRange(seen.Count, 6, 100);
        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(record => record.GetProperty("sequence").GetInt32()));
        var hash = new byte[32];
        foreach (var record in seen)
        {
            Assert.NotEqual(Text(record, "hash"), Convert.ToHexStringLower(Next(hash, record, "x")));
            hash = Next(hash, record, "");
            Assert.Equal(Text(record, "hash"), Convert.ToHexStringLower(hash));
        }
    }

    [Fact]
    public async Task The_log_shows_what_was_done_and_no_hash_of_a_secret()
    {
        const string Marker = "PBKDF2-marker-hash";
        await using var node = await GuardedNode.StartAsync();
        var command = new CreateUser("carol", Marker, Roles.User, OpensAccount: false);
        var submission = await node.Node.Services.GetRequiredService<CommandGateway>().SubmitAsync(new PendingCommand(
            (buffer, header) => CommandCodec.Write(buffer, header, command), new UserId(1), default, false,
            ProposalWait.Applied, default, TimeSpan.FromSeconds(5))
        {
            Origin = System.Net.IPAddress.Parse("192.0.2.7"),
        });

        var path = $"/v1/node/log?from_index={submission.Proposal!.Index}&limit=1";
        var entry = (await node.Client.GetAsync(path, Auditor)).Expect(200);

        Assert.Equal("create_user", entry.TextAt("items", "0", "type"));
        Assert.False(entry.At("items", "0").TryGetProperty("bytes", out _));
        Assert.Equal(64, entry.TextAt("items", "0", "digest")!.Length);
        var record = Assert.Single(await RecordsAsync(node.Client, "action=user.create"));
        Assert.Equal(("192.0.2.7", "username:carol"), (Text(record, "origin"), Text(record, "target")));
        foreach (var shown in new[]
        {
            "/v1/node/log", "/v1/feed", "/v1/audit", "/metrics", "/v1/node/state?part=users",
        })
        {
            Assert.DoesNotContain(Marker, (await node.Client.GetAsync(shown, Admin)).Expect(200).Text);
        }
    }

    [Fact]
    public async Task A_filter_that_is_no_user_is_refused()
    {
        await using var node = await GuardedNode.StartAsync();

        (await node.Client.GetAsync("/v1/audit?user_id=alice", Auditor)).ExpectProblem(400, "invalid_query");
        (await node.Client.GetAsync("/v1/audit?user_id=local", Auditor)).Expect(200);
    }

    /// <summary>The hash after a record, by the layout of Encoding/README.md.</summary>
    private static byte[] Next(byte[] before, JsonElement record, string addition)
    {
        var isCommand = record.TryGetProperty("result", out var result);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(10);
        writer.WriteInteger(1);
        writer.WriteInteger(record.GetProperty("sequence").GetInt64());
        writer.WriteInteger(record.GetProperty("index").GetInt64());
        writer.WriteInteger((record.GetProperty("time").GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / 10);
        var user = Text(record, "user_id");
        writer.WriteInteger(user == "local" ? 0 : long.Parse(user[1..]));
        writer.WriteText(Text(record, "action"));
        writer.WriteText(Text(record, "target") + addition);
        writer.WriteText(Text(record, "origin"));
        writer.WriteInteger(isCommand ? result.GetInt32() : 0);
        writer.WriteText(isCommand ? "" : Text(record, "outcome"));
        writer.Flush();
        return SHA256.HashData([.. before, .. buffer.WrittenSpan]);
    }

    private static async Task<List<JsonElement>> UntilAsync(TestClient client, string filter, int count)
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (true)
        {
            var records = await RecordsAsync(client, filter);
            if (records.Count >= count)
            {
                return records;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<List<JsonElement>> RecordsAsync(TestClient client, string filter) =>
        [.. (await client.GetAsync($"/v1/audit?{filter}", Auditor)).Expect(200).At("items").EnumerateArray()];

    private static string Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
