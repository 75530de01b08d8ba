using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: gRPC lets nobody do what HTTP does not. Method: a node whose callers say who they are, asked by
/// users, others and nobody.</summary>
public sealed class GrpcAccessTests : IAsyncLifetime
{
    private const string Package = "/replicatedbook.v1.";

    private GuardedNode? _node;
    private GrpcTestClient? _client;

    private GuardedNode Node => _node!;

    private GrpcTestClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var port = TestNode.FreePort();
        _node = await (await GuardedNode.StartAsync(
            $"--Grpc:Port={port}", "--Rates:Orders=50", "--Rates:Window=00:10:00")).WithMarketsAsync();
        _client = new GrpcTestClient(new Uri($"http://127.0.0.1:{port}"));
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Node.DisposeAsync();
    }

    [Fact]
    public async Task Every_method_that_is_not_public_refuses_nobody_and_an_auditor_writes_nothing()
    {
        var services = Node.Node.Services;
        var open = services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints
            .OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<RoutePolicy>() is { IsPublic: true })
            .SelectMany(route => route.Metadata
                .GetRequiredMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} /{route.RoutePattern.RawText!.TrimStart('/')}"))
            .ToHashSet();
        foreach (var method in services.GetRequiredService<GrpcMethods>().All)
        {
            if (method.Access.Policy is { IsPublic: true } || method.Access.Routes.Any(open.Contains))
            {
                continue;
            }

            var isSession = method.Descriptor.IsClientStreaming;
            var frame = isSession ? [] : Filled(method.Descriptor.InputType);
            var nobody = await Client.CallBytesAsync(method.Path, frame, Empty.Parser);
            Assert.True(nobody.Status == GrpcCode.Unauthenticated, $"{method.Path}: {nobody.Status}");
            Assert.Equal("unauthenticated", nobody.Trailers["rb-code"]);
            if (method.IsWrite || isSession)
            {
                var auditor = await Client.CallBytesAsync(method.Path, frame, Empty.Parser, GuardedNode.Auditor);
                Assert.True(auditor.Status == GrpcCode.PermissionDenied, $"{method.Path}: {auditor.Status}");
            }
        }
    }

    [Fact]
    public async Task An_account_of_another_is_not_there()
    {
        var account = await Node.OpenAccountAsync(GuardedNode.Alice);
        var own = await Client.CallAsync(
            Package + "Trading/PlaceOrder", GrpcFixture.Limit(account, Side.Buy, 100, 10), OrderReply.Parser,
            GuardedNode.Alice);
        var id = own.Ok().Order.OrderId;
        (await Client.CallAsync(
            Package + "Trading/PlaceOrder", GrpcFixture.Limit(account, Side.Buy, 100, 10), OrderReply.Parser,
            GuardedNode.Bob)).Expect(GrpcCode.NotFound, "not_found", "rejected");
        (await Client.CallAsync(
            Package + "Trading/CancelOrder", new CancelOrderRequest { OrderId = id }, OrderReply.Parser,
                GuardedNode.Bob))
            .Expect(GrpcCode.NotFound, "not_found", "rejected");
        (await Client.CallAsync(
            Package + "Accounts/GetBalances", new AccountRequest { AccountId = account }, BalanceList.Parser,
            GuardedNode.Bob)).Expect(GrpcCode.NotFound, "not_found");

        await using var session = await OpenAsync(GuardedNode.Bob);
        await session.SendAsync(
            new SessionRequest { Tag = 1, Place = GrpcFixture.Limit(account, Side.Buy, 100, 10) },
            new SessionRequest
            {
                Tag = 2,
                Cancel = new CancelOrderRequest { OrderId = id, Instrument = GrpcFixture.Symbol },
            });
        Assert.Equal("not_found", (await session.ReadAsync()).Error.Code);
        Assert.Equal("not_found", (await session.ReadAsync()).Error.Code);
    }

    [Fact]
    public async Task A_session_ends_when_its_credential_is_withdrawn()
    {
        var account = await Node.OpenAccountAsync(GuardedNode.Alice);
        await using var session = await OpenAsync(GuardedNode.Alice);
        await session.SendAsync(new SessionRequest { Tag = 1, Place = GrpcFixture.Limit(account, Side.Buy, 100, 10) });
        Assert.NotNull((await session.ReadAsync()).Order);
        Node.Authenticator.Withdraw(GuardedNode.Alice);
        await session.SendAsync(new SessionRequest { Tag = 2, Place = GrpcFixture.Limit(account, Side.Buy, 100, 10) });
        Assert.Equal(GrpcCode.Unauthenticated, (await session.EndAsync()).Status);
    }

    [Fact]
    public async Task Orders_of_a_session_count_as_those_of_requests_do()
    {
        var account = await Node.OpenAccountAsync(GuardedNode.Bob);
        await using var session = await OpenAsync(GuardedNode.Bob);
        await session.SendAsync([.. Enumerable.Range(1, 60).Select(tag => new SessionRequest
        {
            Tag = (ulong)tag,
            Place = GrpcFixture.Limit(account, Side.Buy, 100, 1),
        })]);
        session.End();
        var (done, limited) = (0, 0);
        while (await session.NextAsync() is { } reply)
        {
            done += reply.Order is null ? 0 : 1;
            limited += reply.Error?.Code == "rate_limited" ? 1 : 0;
        }

        Assert.Equal(60, done + limited);
        Assert.InRange(done, 40, 49); // The call itself was one, and so was opening the account.
        (await Client.CallAsync(
            Package + "Trading/PlaceOrder", GrpcFixture.Limit(account, Side.Buy, 100, 1), OrderReply.Parser,
            GuardedNode.Bob)).Expect(GrpcCode.ResourceExhausted, "rate_limited");
    }

    private Task<GrpcTestStream<SessionReply>> OpenAsync((string, string) user) =>
        Client.OpenAsync(Package + "Trading/Session", null, SessionReply.Parser, default, user);

    /// <summary>A frame whose message has some text in every field of texts, so that nothing is refused for its
    /// absence.</summary>
    private static byte[] Filled(Google.Protobuf.Reflection.MessageDescriptor type)
    {
        var message = (Google.Protobuf.IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (!field.IsRepeated && field.FieldType == Google.Protobuf.Reflection.FieldType.String
                && field.Name != "client_order_id")
            {
                field.Accessor.SetValue(message, "x1");
            }
            else if (field.Name == "order_id")
            {
                field.Accessor.SetValue(message, 1ul);
            }
        }

        var frames = new System.Buffers.ArrayBufferWriter<byte>();
        Frames.Write(frames, message);
        return frames.WrittenSpan.ToArray();
    }
}
