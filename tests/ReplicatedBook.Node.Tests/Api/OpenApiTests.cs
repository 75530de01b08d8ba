using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: the document says what the routes do. Method: it is held against the routes that are mapped, and
/// against what they answer to every parameter there is.</summary>
public sealed class OpenApiTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    // One is a read, the others make secrets that are given once.
    private static readonly string[] WithoutKey =
    [
        "POST /v1/orders/validate", "POST /v1/bootstrap", "POST /v1/auth/register", "POST /v1/auth/login",
        "POST /v1/auth/refresh", "PUT /v1/auth/password", "POST /v1/users", "POST /v1/api_keys",
        "POST /v1/node/signing_keys",
    ];

    private const string Unknown = "no_such_parameter";
    private const int ParametersAtOnce = 8; // Below the number of defects that an answer lists.

    [Fact]
    public async Task The_document_is_read_without_a_complaint_by_another_reader()
    {
        var answer = (await node.Client.GetAsync("/openapi/v1.json")).Expect(200);

        var read = OpenApiDocument.Parse(answer.Text, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(
            answer.At("paths").EnumerateObject().Select(path => path.Name).Order(), read.Document!.Paths.Keys.Order());
    }

    /// <summary>Goal: nothing of a body is left open without reason. Method: the places that take any value are
    /// counted; requests say that they take no other field.</summary>
    [Fact]
    public async Task Bodies_are_described_to_the_last_field_but_where_they_are_of_many_kinds()
    {
        var document = await DocumentAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas").EnumerateObject().ToList();
        var open = schemas.Where(schema => IsOpen(schema.Value)).Select(schema => schema.Name);
        var holders = schemas.Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject()
                .Where(field => IsOpen(field.Value) || field.Value.GetRawText().Contains("/JsonElement\""))
                .Select(field => $"{schema.Name}.{field.Name}"));
        var answers =
            from found in Operations(document)
            from answer in found.Operation.GetProperty("responses").EnumerateObject()
            where answer.Value.TryGetProperty("content", out _)
            from content in answer.Value.GetProperty("content").EnumerateObject()
            where content.Name == "application/json" && IsOpen(content.Value.GetProperty("schema"))
            select found.Name;

        Assert.Equal(["JsonElement"], open);
        Assert.Equal(["CommandResponse.result", "FeedItem.data"], holders.Order());
        Assert.Equal(["GET /v1/node/state"], answers);
        Assert.All(
            schemas.Where(schema => schema.Name.EndsWith("Request", StringComparison.Ordinal)),
            schema => Assert.False(schema.Value.GetProperty("additionalProperties").GetBoolean()));
    }

    [Fact]
    public async Task Every_mapped_route_is_in_the_document_with_all_that_it_takes()
    {
        var document = await DocumentAsync();
        var mapped = Routes().ToDictionary(route => Name(route.Method, route.Path));

        Assert.Equal(mapped.Keys.Order(), Operations(document).Select(found => found.Name).Order());
        foreach (var (name, operation) in Operations(document))
        {
            var (_, path, endpoint) = mapped[name];
            var contract = endpoint.Metadata.GetRequiredMetadata<RouteContract>();
            Assert.Equal(
                endpoint.RoutePattern.Parameters.Select(part => part.Name).Order(), Parameters(operation, "path"));
            Assert.Equal(contract.Query.Select(parameter => parameter.Name).Order(), Parameters(operation, "query"));
            Assert.Equal(contract.Headers.Select(header => header.Name).Order(), Parameters(operation, "header"));
            Assert.Equal(contract.IsWrite, Parameters(operation, "header").Contains("Idempotency-Key"));
            Assert.Equal(
                contract.IsWrite,
                !name.Contains("/v1/cluster/", StringComparison.Ordinal)
                    && !name.StartsWith("GET", StringComparison.Ordinal) && !WithoutKey.Contains(name));
            Assert.All(contract.Problems, code => Assert.Contains(
                $"`{code.Code}`: {code.Title}",
                operation.GetProperty("responses").GetProperty($"{code.Status}").GetProperty("description").GetString(),
                StringComparison.Ordinal));
            Assert.StartsWith("/", path, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_route_takes_exactly_the_parameters_of_its_description()
    {
        var document = await DocumentAsync();
        var all = Operations(document).SelectMany(found => Parameters(found.Operation, "query")).Distinct().ToList();
        foreach (var (name, operation) in Operations(document))
        {
            var documented = Parameters(operation, "query").ToHashSet();
            foreach (var some in all.Chunk(ParametersAtOnce))
            {
                var (method, path) = (name.Split(' ')[0], name.Split(' ')[1].Replace('{', 'x').Replace('}', 'x'));
                var query = string.Join('&', some.Append(Unknown).Select(parameter => $"{parameter}=!"));

                var answer = await node.Client.SendAsync(
                    new HttpMethod(method), $"{path}?{query}", method == "POST" ? TestClient.Json("{}") : null);

                answer.Expect(400);
                var refused = answer.At("errors").EnumerateArray()
                    .Where(error =>
                        error.GetProperty("message").GetString()!.EndsWith("no such parameter of this route"))
                    .Select(error => error.GetProperty("field").GetString()!);
                Assert.Equal(
                    (name, string.Join(' ', some.Append(Unknown).Except(documented).Order())),
                    (name, string.Join(' ', refused.Order())));
            }
        }
    }

    [Fact]
    public async Task Bounds_and_defaults_are_those_that_hold()
    {
        var document = await DocumentAsync();
        foreach (var (name, operation) in Operations(document).Where(found => found.Name.StartsWith("GET ")))
        {
            foreach (var parameter in ParametersOf(operation)
                .Where(parameter => parameter.GetProperty("schema").TryGetProperty("maximum", out _)))
            {
                var (field, schema) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("schema"));
                var (min, max) = (schema.GetProperty("minimum").GetInt64(), schema.GetProperty("maximum").GetInt64());
                var path = name[4..].Replace('{', 'x').Replace('}', 'x');

                Assert.Equal(
                    (name, field, false, false, true, true),
                    (name, field, await IsRefusedAsync(min), await IsRefusedAsync(max),
                        await IsRefusedAsync(min - 1), await IsRefusedAsync(max + 1)));
                if (schema.TryGetProperty("default", out var standard))
                {
                    Assert.InRange(standard.GetInt64(), min, max);
                }

                // With an unknown parameter the route goes no further than its query.
                async Task<bool> IsRefusedAsync(long value) =>
                    (await node.Client.GetAsync($"{path}?{field}={value}&{Unknown}=1")).Expect(400)
                    .At("errors").EnumerateArray().Any(error =>
                        error.GetProperty("field").GetString() == field
                        && error.GetProperty("message").GetString()!.Contains("integer from"));
            }
        }
    }

    private async Task<JsonElement> DocumentAsync() =>
        (await node.Client.GetAsync("/openapi/v1.json")).Expect(200).Json;

    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Routes() =>
        from endpoint in node.Node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where !endpoint.RoutePattern.RawText!.Contains("openapi")
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select (method, endpoint.RoutePattern.RawText!, endpoint);

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (Name(operation.Name.ToUpperInvariant(), path.Name), operation.Value);

    private static IEnumerable<string> Parameters(JsonElement operation, string place) =>
        ParametersOf(operation)
            .Where(parameter => parameter.GetProperty("in").GetString() == place)
            .Select(parameter => parameter.GetProperty("name").GetString()!).Order();

    // Without any, the document leaves the list out.
    private static IEnumerable<JsonElement> ParametersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    private static bool IsOpen(JsonElement schema) => !schema.EnumerateObject().Any()
        || (schema.TryGetProperty("type", out var type) && type.ToString() == "array"
            && !schema.TryGetProperty("items", out _));

    private static string Name(string method, string path) => $"{method} /{path.TrimStart('/')}";
}
