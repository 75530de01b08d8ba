using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: a connection is somebody's only as long as their credential holds. Method: every way to sign in, well
/// and badly, and a credential that is withdrawn.</summary>
public sealed class SocketSignInTests : IAsyncLifetime
{
    private GuardedNode _node = null!;
    private string _account = "";

    public async ValueTask InitializeAsync()
    {
        _node = await (await GuardedNode.StartAsync()).WithMarketsAsync();
        _account = await _node.OpenAccountAsync(GuardedNode.Alice);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_header_signs_in()
    {
        using var socket = await TestSocket.OpenAsync(_node.Client, GuardedNode.Alice);

        (await socket.AskAsync(Order())).ExpectResult(201);
    }

    [Fact]
    public async Task A_message_signs_in()
    {
        using var socket = await TestSocket.OpenAsync(_node.Client);

        (await socket.AskAsync(Order())).ExpectError(401, "unauthenticated");
        (await socket.AskAsync(Auth(GuardedNode.Alice))).Expect("authenticated");
        (await socket.AskAsync(Order())).ExpectResult(201);
        (await socket.AskAsync(Auth(GuardedNode.Alice))).Expect("authenticated");
        (await socket.AskAsync(Auth(GuardedNode.Bob))).ExpectError(403, "forbidden");
        (await socket.AskAsync(Order())).ExpectResult(201);
    }

    [Fact]
    public async Task A_credential_that_does_not_hold_ends_the_connection()
    {
        using var socket = await TestSocket.OpenAsync(_node.Client);

        (await socket.AskAsync("""{"op":"auth","token":"nonsense"}""")).ExpectError(401, "unauthenticated");

        Assert.Equal(4001, await socket.UntilClosedAsync());
    }

    [Fact]
    public async Task A_header_that_does_not_hold_is_refused_with_the_handshake()
    {
        var refused = await _node.Client.GetAsync("/v1/ws", ("Authorization", "Bearer nonsense"));

        refused.ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_in_the_address_is_refused()
    {
        var refused = await _node.Client.GetAsync("/v1/ws?token=2:1:3");

        refused.ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task A_request_that_is_no_handshake_is_told_what_is_missing()
    {
        var refused = await _node.Client.GetAsync("/v1/ws");

        Assert.Equal("13", refused.ExpectProblem(400, "malformed_request")["sec-websocket-version"]);
    }

    [Fact]
    public async Task A_connection_ends_soon_after_its_credential()
    {
        using var socket = await TestSocket.OpenAsync(_node.Client, GuardedNode.Alice);
        using var other = await TestSocket.OpenAsync(_node.Client, GuardedNode.Bob);
        (await socket.AskAsync(Order())).ExpectResult(201);

        _node.Authenticator.Withdraw(GuardedNode.Alice);

        Assert.Equal(4001, await socket.UntilClosedAsync());
        (await other.AskAsync("""{"op":"ping"}""")).Expect("pong");
    }

    [Fact]
    public async Task Who_may_not_trade_may_not_over_a_connection_either()
    {
        var reader = ScriptedAuthenticator.As(2, Roles.User, Scopes.Read);
        using var socket = await TestSocket.OpenAsync(_node.Client, reader);

        (await socket.AskAsync(Order())).ExpectError(403, "forbidden");
        (await socket.AskAsync("""{"op":"session","cancel_on_disconnect":true}""")).ExpectError(403, "forbidden");
    }

    [Fact]
    public async Task Nobody_has_no_session_of_orders()
    {
        using var socket = await TestSocket.OpenAsync(_node.Client);

        (await socket.AskAsync("""{"op":"session","cancel_on_disconnect":true}"""))
            .ExpectError(401, "unauthenticated");
    }

    private string Order() =>
        $$$"""{"op":"order.place","data":{{{NodeFixture.Limit(_account, "BTC-USD", "buy", "1.00", "1")}}}}""";

    private static string Auth((string Name, string Value) credential) =>
        $$"""{"op":"auth","token":"{{credential.Value["Bearer ".Length..]}}"}""";
}
