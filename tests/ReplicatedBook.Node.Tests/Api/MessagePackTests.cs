using System.Buffers;
using System.Text;
using System.Text.Json;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class MessagePackTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly (string, string) Accept = ("Accept", MessagePackBodies.ContentType);

    [Fact]
    public async Task Requests_and_answers_are_the_same_shapes_in_message_pack()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var order =
            NodeFixture.Limit(account, symbol, "buy", "10", "1", ""","post_only":true,"client_order_id":null""");

        var placed = await SendAsync("/v1/orders", Pack(order));
        var problem = await SendAsync("/v1/orders", Pack(order.Replace("\"buy\"", "\"up\"")));

        placed.Expect(201);
        Assert.Equal(MessagePackBodies.ContentType, placed["content-type"]);
        Assert.Equal("10.00", Unpack(placed.Bytes).GetProperty("order").GetProperty("price").GetString());
        Assert.True(Unpack(placed.Bytes).GetProperty("order").GetProperty("post_only").GetBoolean());
        problem.Expect(400);
        Assert.Equal("invalid_field", Unpack(problem.Bytes).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("C1")]
    [InlineData("80C0")]
    [InlineData("81")]
    [InlineData("81A161")]
    [InlineData("8101A161")]
    [InlineData("DE0001A161A162")]
    [InlineData("81A161CB3FF0000000000000")]
    [InlineData("81A1FFA162")]
    [InlineData("81A16181A16181A16181A16181A16181A16181A16181A16181A16181A161C0")]
    [InlineData("DFFFFFFFFF")]
    public async Task Bytes_that_are_not_one_strict_value_are_refused(string hex) =>
        (await node.Client.SendAsync(
            HttpMethod.Post, "/v1/orders", TestClient.Bytes(Convert.FromHexString(hex), MessagePackBodies.ContentType)))
            .ExpectProblem(400, "malformed_request");

    [Fact]
    public async Task A_field_given_twice_is_refused_in_message_pack_too() =>
        (await node.Client.SendAsync(
            HttpMethod.Post, "/v1/accounts",
            TestClient.Bytes(
                Convert.FromHexString("82A56C6162656CA161A56C6162656CA162"), MessagePackBodies.ContentType)))
            .ExpectProblem(400, "duplicate_field");

    [Fact]
    public void Json_survives_the_way_there_and_back()
    {
        const string Text = """{"a":[1,-5,4611686018427387904,"é\u0000",true,false,null,{}],"b":{"c":[]}}""";

        Assert.Equal(
            JsonSerializer.Serialize(JsonDocument.Parse(Text).RootElement),
                JsonSerializer.Serialize(Unpack(Pack(Text))));
    }

    private Task<Answer> SendAsync(string path, byte[] body) =>
        node.Client.SendAsync(HttpMethod.Post, path, TestClient.Bytes(body, MessagePackBodies.ContentType), Accept);

    private static byte[] Pack(string json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        MessagePackBodies.FromJson(Encoding.UTF8.GetBytes(json), buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static JsonElement Unpack(byte[] bytes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        Assert.True(MessagePackBodies.TryToJson(bytes, json));
        return JsonDocument.Parse(buffer.WrittenMemory.ToArray()).RootElement;
    }
}
