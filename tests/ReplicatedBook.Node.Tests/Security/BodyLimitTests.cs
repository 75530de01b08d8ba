using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Tests.Identity;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: no body takes more than its route's limit. Method: every route that reads one, found among the
/// endpoints, with a byte more than that, with deep nesting, and compressed.</summary>
public sealed class BodyLimitTests(IdentityFixture node) : IClassFixture<IdentityFixture>
{
    private const int Limit = 64 << 10;
    private const int BatchLimit = 1 << 20;
    private const int Depth = 1_000;

    [Fact]
    public async Task A_byte_more_than_the_limit_is_too_large_on_every_route_and_the_limit_itself_is_read()
    {
        var before = node.Node.Node.AppliedIndex;
        foreach (var (method, path) in Routes())
        {
            var limit = path.EndsWith("/batch") ? BatchLimit : Limit;

            (await SendAsync(method, path, Padded(limit + 1))).ExpectProblem(413, "body_too_large");
            Assert.Equal("malformed_request", (await SendAsync(method, path, Padded(limit))).Code);
        }

        Assert.Equal(before, node.Node.Node.AppliedIndex);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"orders\":", "}")]
    [InlineData("{\"x\":[", "]}")]
    public async Task Deep_nesting_is_malformed_on_every_route(string open, string close)
    {
        var before = node.Node.Node.AppliedIndex;
        foreach (var (method, path) in Routes())
        {
            var body = string.Concat(Enumerable.Repeat(open, Depth)) + string.Concat(Enumerable.Repeat(close, Depth));

            (await SendAsync(method, path, body)).Expect(400);
        }

        Assert.Equal(before, node.Node.Node.AppliedIndex);
    }

    [Fact]
    public async Task Compressed_bodies_are_taken_by_no_route()
    {
        foreach (var (method, path) in Routes())
        {
            var content = TestClient.Json("{}");
            content.Headers.ContentEncoding.Add("gzip");

            (await node.Client.SendAsync(new HttpMethod(method), path, content, node.Admin))
                .ExpectProblem(415, "unsupported_media_type");
        }
    }

    private Task<Answer> SendAsync(string method, string path, string body) =>
        node.Client.SendAsync(new HttpMethod(method), path, TestClient.Json(body), node.Admin);

    private static string Padded(int length) => new(' ', length);

    private IEnumerable<(string Method, string Path)> Routes()
    {
        var found =
            (from route in node.Node.Node.Services.GetRequiredService<EndpointDataSource>().Endpoints
                 .OfType<RouteEndpoint>()
             where !route.RoutePattern.RawText!.EndsWith("/bootstrap") // Done, so that its body is not even read.
             where route.Metadata.GetMetadata<RouteContract>()?.Problems.Contains(ProblemCodes.BodyTooLarge) is true
             from method in route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
             select (method, route.RoutePattern.RawText!.Replace('{', 'x').Replace('}', 'x'))).ToList();
        Assert.InRange(found.Count, 20, 100);
        return found;
    }
}
