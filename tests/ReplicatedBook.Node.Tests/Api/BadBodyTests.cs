using System.Text;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: no body, however bad, is answered with 5xx or reaches the log. Method: one of each kind on a writing
/// route, and mutations of a good one.</summary>
public sealed class BadBodyTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Json = "application/json";
    private const string Good = """{"instrument":"X","side":"buy","type":"limit","price":"1","quantity":"1"}""";

    public static TheoryData<string, string, string> Bodies => new()
    {
        { "", "malformed_request", "" },
        { "null", "malformed_request", "" },
        { "[]", "malformed_request", "" },
        { "\"x\"", "malformed_request", "" },
        { "{", "malformed_request", "" },
        { Good + "{}", "malformed_request", "" },
        { Good.Replace("}", ",}"), "malformed_request", "" },
        { Good.Replace("{", "{/* hello */"), "malformed_request", "" },
        { Good.Replace("{", "{\"\\ud800\":1,"), "malformed_request", "" },
        { Good.Replace("\"buy\"", "'buy'"), "malformed_request", "" },
        { Good.Replace("\"buy\"", "NaN"), "malformed_request", "" },
        { "\uFEFF" + Good, "malformed_request", "" },
        { string.Concat(Enumerable.Repeat("[", 100)), "malformed_request", "" },
        { "{\"side\":" + string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)) + "}",
            "malformed_request", "" },
        { Good.Replace("}", ",\"colour\":\"red\"}"), "unknown_field", "colour" },
        { Good.Replace("side", "Side"), "unknown_field", "Side" },
        { Good.Replace("}", ",\"side\":\"buy\"}"), "duplicate_field", "side" },
        { Good.Replace("\"side\":\"buy\",", ""), "missing_field", "side" },
        { Good.Replace("\"side\":\"buy\"", "\"side\":null"), "missing_field", "side" },
        { Good.Replace(",\"quantity\":\"1\"", ""), "missing_field", "quantity" },
        { Good.Replace("\"price\":\"1\",", ""), "missing_field", "price" },
        { Good.Replace("\"price\":\"1\"", "\"price\":1"), "invalid_field", "price" },
        { Good.Replace("\"quantity\":\"1\"", "\"quantity\":1.5"), "invalid_field", "quantity" },
        { Good.Replace("\"quantity\":\"1\"", "\"quantity\":[1]"), "invalid_field", "quantity" },
        { Good.Replace("\"quantity\":\"1\"", "\"quantity\":{}"), "invalid_field", "quantity" },
        { Good.Replace("\"buy\"", "true"), "invalid_field", "side" },
        { Good.Replace("\"buy\"", "\"BUY\""), "invalid_field", "side" },
        { Good.Replace("\"limit\"", "\"\""), "invalid_field", "type" },
        { Good.Replace("}", ",\"post_only\":\"true\"}"), "invalid_field", "post_only" },
        { Good.Replace("}", ",\"market_version\":1.5}"), "invalid_field", "market_version" },
        { Good.Replace("}", ",\"market_version\":99999999999999999999}"), "invalid_field", "market_version" },
        { Good.Replace("}", ",\"client_order_id\":\"\"}"), "invalid_field", "client_order_id" },
        { Good.Replace("}", ",\"client_order_id\":\"has space\"}"), "invalid_field", "client_order_id" },
        { Good.Replace("}", ",\"client_order_id\":\"" + new string('x', 37) + "\"}"), "invalid_field",
            "client_order_id" },
        { Good.Replace("}", ",\"account_id\":\"a 1\"}"), "invalid_field", "account_id" },
        { Good.Replace("\"X\"", "\"\\u0000\""), "invalid_field", "instrument" },
        { Good.Replace("\"X\"", "\"\\ud800\""), "malformed_request", "" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_with_its_own_code_and_never_logged(string body, string code, string field)
    {
        var before = node.Node.AppliedIndex;

        var answer = await node.Client.PostAsync("/v1/orders", body);

        answer.ExpectProblem(400, code);
        if (field.Length > 0)
        {
            Assert.Contains(
                field, answer.At("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
        }

        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Fact]
    public async Task All_defects_of_a_body_are_answered_at_once()
    {
        var answer = await node.Client.PostAsync(
            "/v1/orders", """{"instrument":1,"side":"up","colour":1,"price":"x"}""");

        answer.ExpectProblem(400, "invalid_field");
        Assert.Equal(
            ["instrument", "colour", "type"],
            answer.At("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        bytes[Good.IndexOf('X')] = 0xFF;

        (await node.Client.SendAsync(HttpMethod.Post, "/v1/orders", TestClient.Bytes(bytes, Json)))
            .ExpectProblem(400, "malformed_request");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task Other_content_types_are_refused(string? contentType) =>
        (await node.Client.SendAsync(
            HttpMethod.Post, "/v1/orders", TestClient.Bytes(Encoding.UTF8.GetBytes(Good), contentType)))
            .ExpectProblem(415, "unsupported_media_type");

    [Fact]
    public async Task Compressed_bodies_are_refused()
    {
        var content = TestClient.Json(Good);
        content.Headers.ContentEncoding.Add("gzip");

        (await node.Client.SendAsync(HttpMethod.Post, "/v1/orders", content))
            .ExpectProblem(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("/v1/orders", 64 << 10)]
    [InlineData("/v1/orders/batch", 1 << 20)]
    public async Task A_body_one_byte_too_large_is_refused_with_and_without_a_length(string path, int limit)
    {
        var bytes = Encoding.UTF8.GetBytes(new string(' ', limit + 1));

        (await node.Client.SendAsync(HttpMethod.Post, path, TestClient.Bytes(bytes, Json)))
            .ExpectProblem(413, "body_too_large");
        using var stream = new MemoryStream(bytes);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(stream) };
        chunked.Content.Headers.TryAddWithoutValidation("Content-Type", Json);
        chunked.Headers.TransferEncodingChunked = true;
        using var response = await node.Client.Http.SendAsync(chunked);
        (await Answer.ReadAsync(response)).ExpectProblem(413, "body_too_large");
    }

    [Fact]
    public async Task Mutations_of_good_bodies_give_no_server_error_and_no_log_entry()
    {
        const int Seed = 20260;
        var random = new Random(Seed);
        var before = node.Node.AppliedIndex;
        string[] paths = ["/v1/orders", "/v1/orders/batch", "/v1/instruments", "/v1/accounts/a9/deposits"];

        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Good);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var path = paths[i % paths.Length];
            var answer = await node.Client.SendAsync(HttpMethod.Post, path, TestClient.Bytes(bytes, Json));
            Assert.True((int)answer.Status is >= 400 and < 500, $"seed {Seed}, round {i}: {answer.Text}");
        }

        Assert.Equal(before, node.Node.AppliedIndex);
    }
}
