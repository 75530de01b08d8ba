using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: what is no message is refused with its own code, and does not end the connection until it is the
/// third in a row. Method: one of each kind, with a good message in between.</summary>
public sealed class SocketMessageTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Theory]
    [InlineData("", "malformed_request")]
    [InlineData("[]", "malformed_request")]
    [InlineData("7", "malformed_request")]
    [InlineData("""{"op":"ping"} {}""", "malformed_request")]
    [InlineData("""{"op":"ping",}""", "malformed_request")]
    [InlineData("""{"op":"ping"/**/}""", "malformed_request")]
    [InlineData("""{"op":"\ud800"}""", "malformed_request")]
    [InlineData(
        """{"op":"order.place","data":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}""", "malformed_request")]
    [InlineData("""{"id":1}""", "missing_field")]
    [InlineData("""{"op":null}""", "missing_field")]
    [InlineData("""{"op":"order.place"}""", "missing_field")]
    [InlineData("""{"op":"subscribe"}""", "missing_field")]
    [InlineData("""{"op":"auth"}""", "missing_field")]
    [InlineData("""{"op":"ping","pong":1}""", "unknown_field")]
    [InlineData("""{"op":"ping","token":"t"}""", "unknown_field")]
    [InlineData("""{"op":"ping","op":"ping"}""", "duplicate_field")]
    [InlineData("""{"op":"PING"}""", "invalid_field")]
    [InlineData("""{"op":1}""", "invalid_field")]
    [InlineData("""{"op":"ping","id":1.5}""", "invalid_field")]
    [InlineData("""{"op":"ping","id":9007199254740992}""", "invalid_field")]
    [InlineData("""{"op":"ping","id":{"a":1}}""", "invalid_field")]
    [InlineData("""{"op":"subscribe","channels":"feed"}""", "invalid_field")]
    [InlineData("""{"op":"subscribe","channels":["feed",1]}""", "invalid_field")]
    [InlineData("""{"op":"subscribe","channels":["feed"],"from_index":-1}""", "invalid_field")]
    [InlineData("""{"op":"order.place","data":[]}""", "invalid_field")]
    public async Task A_malformed_message_is_refused_and_the_third_in_a_row_is_the_last(string message, string code)
    {
        using var socket = await TestSocket.OpenAsync(node.Client);

        (await socket.AskAsync(message)).ExpectError(400, code);
        (await socket.AskAsync(message)).ExpectError(400, code);
        (await socket.AskAsync("""{"id":"good","op":"ping"}""")).Expect("pong");
        (await socket.AskAsync(message)).ExpectError(400, code);
        (await socket.AskAsync(message)).ExpectError(400, code);
        (await socket.AskAsync(message)).ExpectError(400, code);

        Assert.Equal(1008, await socket.UntilClosedAsync());
    }

    [Theory]
    [InlineData("""{"id":41,"op":"nothing"}""", "41")]
    [InlineData("""{"op":"nothing","id":"x\u0041"}""", "\"xA\"")]
    public async Task A_refusal_names_its_request_where_that_could_be_read(string message, string id)
    {
        using var socket = await TestSocket.OpenAsync(node.Client);

        var refused = await socket.AskAsync(message);

        var problem = refused.ExpectError(400, "invalid_field");
        Assert.Equal(id.Trim('"'), refused.GetProperty("id").ToString());
        Assert.Equal("op", problem.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal("not_executed", problem.GetProperty("outcome").GetString());
    }
}
