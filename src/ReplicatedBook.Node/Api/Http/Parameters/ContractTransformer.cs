using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ReplicatedBook.Node.Api.Http.Parameters;

/// <summary>Puts what routes take and refuse with into the OpenAPI document.</summary>
internal static partial class ContractTransformer
{
    /// <summary>Describes one operation.</summary>
    public static Task ApplyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var contract = context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteContract>().Single();
        List<IOpenApiParameter> parameters = [];
        foreach (Match part in PathParts().Matches(context.Description.RelativePath ?? ""))
        {
            parameters.Add(OfPath(part.Groups[1].Value));
        }

        parameters.AddRange(contract.Query.Select(Of));
        parameters.AddRange(contract.Headers.Select(Of));
        operation.Parameters = parameters;
        foreach (var codes in contract.Problems.GroupBy(code => code.Status))
        {
            var response = (OpenApiResponse)operation.Responses![$"{codes.Key}"];
            response.Description = string.Join("; ", codes.Select(code => $"`{code.Code}`: {code.Title}"));
            if (codes.Key == contract.TextStatus)
            {
                response.Content!["text/plain"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                };
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Of(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Required = parameter.IsRequired,
        Schema = parameter.ToSchema(),
    };

    private static OpenApiParameter Of(HeaderParameter header) => new()
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Description = header.Description,
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MinLength = 1,
            MaxLength = header.MaxLength,
        },
    };

    private static OpenApiParameter OfPath(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Description = DescriptionOf(name),
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string DescriptionOf(string name) => name switch
    {
        "account_id" => "Id of an account, as given when it was opened.",
        "order_id" => "Id of an order, as given when it was placed.",
        "client_order_id" => "Id that the client gave the order: 1 to 36 characters.",
        "node_id" => "Name of a member.",
        "runner_id" => "Id of a runner of the market: digits.",
        "snapshot_id" => "Id of a snapshot, as the list shows it.",
        "event_id" => "Id of an event.",
        "market_id" => "Id of a market: of its event, or as given when a betting market was created.",
        "user_id" => "Id of a user, as given when it was created.",
        "key_id" => "Id of an API key, as the list shows it.",
        "symbol" => "Symbol of an instrument.",
        "id" => "An idempotency key, or a command id as a receipt shows it.",
        _ => throw new InvalidOperationException($"no description of the path's part {name}"),
    };

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex PathParts();
}
