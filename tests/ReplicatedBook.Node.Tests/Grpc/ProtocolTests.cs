using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Contracts.Grpc.Health;
using ReplicatedBook.Contracts.Grpc.Reflection;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Tests.Running;
using ServingStatus = ReplicatedBook.Contracts.Grpc.Health.HealthCheckResponse.Types.ServingStatus;
using FormerReflectionFile = ReplicatedBook.Contracts.Grpc.Reflection.Alpha.ReflectionReflection;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: the protocol is kept whatever a client does. Method: calls that are wrong in one thing
/// each.</summary>
public sealed class ProtocolTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    private const string Book = "/replicatedbook.v1.MarketData/GetBook";
    private const string Session = "/replicatedbook.v1.Trading/Session";
    private const string Watch = "/grpc.health.v1.Health/Watch";
    private const string Reflection = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private const string FormerReflection = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

    private static readonly byte[] NoMessage = [0, 0, 0, 0, 0];

    [Fact]
    public async Task What_is_no_call_gets_an_answer_of_http()
    {
        using var get = Request(HttpMethod.Get, Book, null);
        using var post = Request(HttpMethod.Post, Book, "application/json");
        using var route = Request(HttpMethod.Get, "/v1/instruments", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await node.Client.SendAsync(get)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await node.Client.SendAsync(post)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await node.Client.SendAsync(route)).StatusCode);
    }

    [Fact]
    public async Task Unknown_methods_encodings_and_deadlines_are_refused()
    {
        (await CallAsync("/replicatedbook.v1.Trading/Nothing", NoMessage)).Expect(GrpcCode.Unimplemented, "not_found");
        var packed = await CallAsync(Book, NoMessage, ("grpc-encoding", "gzip"));
        packed.Expect(GrpcCode.Unimplemented, "unsupported_media_type");
        Assert.Equal("identity", packed.Headers["grpc-accept-encoding"]);
        (await CallAsync(Book, NoMessage, ("grpc-timeout", "12"))).Expect(
            GrpcCode.InvalidArgument, "malformed_request");
        (await CallAsync(Book, NoMessage, ("grpc-timeout", "123456789S"))).Expect(
            GrpcCode.InvalidArgument, "malformed_request");
    }

    [Fact]
    public async Task Broken_and_oversized_frames_are_refused_with_what_is_wrong()
    {
        (await CallAsync(Book, [])).Expect(GrpcCode.InvalidArgument, "malformed_request");
        (await CallAsync(Book, [0, 0, 0])).Expect(GrpcCode.InvalidArgument, "malformed_request");
        (await CallAsync(Book, [0, 0, 0, 0, 9, 1])).Expect(GrpcCode.InvalidArgument, "malformed_request");
        (await CallAsync(Book, [7, 0, 0, 0, 0])).Expect(GrpcCode.InvalidArgument, "malformed_request");
        (await CallAsync(Book, [1, 0, 0, 0, 0])).Expect(GrpcCode.Unimplemented, "unsupported_media_type");
        (await CallAsync(Book, [0, 0, 0, 0, 1, 0xFF])).Expect(GrpcCode.InvalidArgument, "malformed_request");
        (await CallAsync(Book, [.. NoMessage, .. NoMessage])).Expect(GrpcCode.InvalidArgument, "malformed_request");
        (await CallAsync(Book, [0, 0xFF, 0xFF, 0xFF, 0xFF])).Expect(GrpcCode.ResourceExhausted, "body_too_large");
        var large = new GetBookRequest { Instrument = new string('x', 1 << 20) };
        (await node.Client.CallAsync(Book, large, Contracts.Grpc.Book.Parser)).Expect(
            GrpcCode.ResourceExhausted, "body_too_large");
        (await CallAsync(Book, [0, 0, 0, 0, 9, .. new GetBookRequest { Instrument = "BTC-USD" }.ToByteArray()])).Ok();
    }

    [Fact]
    public async Task A_deadline_ends_a_call_that_waits()
    {
        var read = await node.CallAsync(
            "MarketData/GetBook",
            new GetBookRequest
            {
                Instrument = GrpcFixture.Symbol,
                Read = new ReadOptions { Consistency = Consistency.Weak, MinIndex = 1_000_000, TimeoutMs = 10_000 },
            },
            Contracts.Grpc.Book.Parser, ("grpc-timeout", "150m"));
        read.Expect(GrpcCode.DeadlineExceeded, "request_timeout");

        await using var watch = await node.Client.OpenAsync(
            Watch, new HealthCheckRequest(), HealthCheckResponse.Parser, default, ("grpc-timeout", "200m"));
        Assert.Equal(ServingStatus.Serving, (await watch.ReadAsync()).Status);
        Assert.Equal(GrpcCode.DeadlineExceeded, (await watch.EndAsync()).Status);

        await using var session = await node.Client.OpenAsync(
            Session, null, SessionReply.Parser, default, ("grpc-timeout", "100000u"));
        Assert.Equal(GrpcCode.DeadlineExceeded, (await session.EndAsync()).Status);
    }

    /// <summary>The wait of a read and the deadline of its call once ended together: either might be told.</summary>
    [Fact]
    public async Task Reads_that_wait_until_the_deadline_all_say_so()
    {
        var request = new GetBookRequest
        {
            Instrument = GrpcFixture.Symbol,
            Read = new ReadOptions { Consistency = Consistency.Weak, MinIndex = 1_000_000 },
        };
        var reads = await Task.WhenAll(Enumerable.Range(40, 200).Select(ms => node.CallAsync(
            "MarketData/GetBook", request, Contracts.Grpc.Book.Parser, ("grpc-timeout", $"{ms}m"))));
        Assert.All(reads, read => read.Expect(GrpcCode.DeadlineExceeded, "request_timeout"));
    }

    [Fact]
    public async Task A_call_that_its_client_gives_up_harms_no_other()
    {
        for (var i = 0; i < 20; i++)
        {
            using var gone = new CancellationTokenSource();
            var stream = await node.Client.OpenAsync(Session, null, SessionReply.Parser, gone.Token);
            await stream.SendAsync(new SessionRequest { Tag = 1, Ping = new Ping() });
            Assert.NotNull((await stream.ReadAsync()).Pong);
            await stream.DisposeAsync();
        }

        (await node.CallAsync("MarketData/ListInstruments", new ListRequest(), InstrumentList.Parser)).Ok();
    }

    [Fact]
    public async Task Health_is_told_to_the_tools_of_grpc()
    {
        var check = await node.Client.CallAsync(
            "/grpc.health.v1.Health/Check", new HealthCheckRequest { Service = "replicatedbook.v1.Trading" },
            HealthCheckResponse.Parser);
        Assert.Equal(ServingStatus.Serving, check.Ok().Status);
        (await node.Client.CallAsync(
            "/grpc.health.v1.Health/Check", new HealthCheckRequest { Service = "x" }, HealthCheckResponse.Parser))
            .Expect(GrpcCode.NotFound, "not_found");
        using var gone = new CancellationTokenSource();
        await using var watch = await node.Client.OpenAsync(
            Watch, new HealthCheckRequest { Service = "x" }, HealthCheckResponse.Parser, gone.Token);
        Assert.Equal(ServingStatus.ServiceUnknown, (await watch.ReadAsync()).Status);
    }

    [Theory]
    [InlineData(Reflection)]
    [InlineData(FormerReflection)]
    public async Task Reflection_tells_every_service_and_the_files_behind_it(string method)
    {
        await using var stream = await node.Client.OpenAsync(method, null, ServerReflectionResponse.Parser);
        await stream.SendAsync(new ServerReflectionRequest { ListServices = "" });
        var names = (await stream.ReadAsync()).ListServicesResponse.Service.Select(service => service.Name).ToList();
        Assert.Contains("replicatedbook.v1.Trading", names);
        Assert.Contains("grpc.health.v1.Health", names);
        foreach (var name in names)
        {
            await stream.SendAsync(new ServerReflectionRequest { FileContainingSymbol = name });
            Assert.NotEmpty((await stream.ReadAsync()).FileDescriptorResponse.FileDescriptorProto);
        }

        await stream.SendAsync(
            new ServerReflectionRequest { FileByFilename = "replicatedbook/v1/types.proto" },
            new ServerReflectionRequest { FileContainingSymbol = "none.such" });
        Assert.Single((await stream.ReadAsync()).FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal(5, (await stream.ReadAsync()).ErrorResponse.ErrorCode);
        stream.End();
        Assert.Equal(GrpcCode.Ok, (await stream.EndAsync()).Status);
    }

    [Fact] // One side speaks the one, the other the other.
    public void Both_versions_of_reflection_have_the_same_messages()
    {
        var files = new[] { ReflectionReflection.Descriptor, FormerReflectionFile.Descriptor };
        var former = files.Select(file => file.ToProto().ToString().Replace("v1alpha", "v1").Replace(".Alpha", ""));

        Assert.Single(former.Distinct());
    }

    [Fact]
    public void Every_method_of_the_proto_files_is_served_and_judged_by_a_policy()
    {
        var services = node.Node.Services;
        var methods = services.GetRequiredService<GrpcMethods>().All;
        var described = methods.Select(method => method.Descriptor.File).Distinct()
            .SelectMany(file => file.Services).SelectMany(service => service.Methods);
        Assert.Equal(
            described.Select(method => method.FullName).Order(),
            methods.Select(method => method.Descriptor.FullName).Order());
        var routes = services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints
            .OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<Node.Security.RoutePolicy>() is not null)
            .SelectMany(route => route.Metadata
                .GetRequiredMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} /{route.RoutePattern.RawText!.TrimStart('/')}"))
            .ToHashSet();
        foreach (var method in methods)
        {
            Assert.True(
                method.Access.Policy is not null || method.Access.Routes.Count > 0, $"{method.Path} has no policy");
            Assert.All(method.Access.Routes, route => Assert.Contains(route, routes));
        }
    }

    private Task<GrpcReply<Contracts.Grpc.Book>> CallAsync(
        string method, byte[] body, params (string, string)[] metadata) =>
        node.Client.CallBytesAsync(method, body, Contracts.Grpc.Book.Parser, metadata);

    private static HttpRequestMessage Request(HttpMethod method, string path, string? type)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (type is not null)
        {
            request.Content = new ByteArrayContent(NoMessage);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return request;
    }
}
