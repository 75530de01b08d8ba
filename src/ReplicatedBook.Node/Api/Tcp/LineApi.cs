using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ReplicatedBook.Node.Hosting;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>What the line protocol is made of.</summary>
internal static class LineApi
{
    public static IServiceCollection AddLineApi(this IServiceCollection services) => services
        .AddSingleton<LineEndpoint>()
        .AddSingleton<LineFeeds>()
        .AddSingleton<LineServices>()
        .AddSingleton<LineHandler>()
        .AddSingleton<IConfigureOptions<KestrelServerOptions>, LineListener>();
}
