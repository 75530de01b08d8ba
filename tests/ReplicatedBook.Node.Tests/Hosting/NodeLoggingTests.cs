using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReplicatedBook.Node.Hosting;

namespace ReplicatedBook.Node.Tests.Hosting;

/// <summary>Goal: requests cost no log line, scope or activity unless somebody asks for them; what is wrong is logged.
/// Method: the filters by themselves.</summary>
public sealed class NodeLoggingTests
{
    // While this category is on at any level, ASP.NET makes an activity and a scope for every request.
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Fact]
    public void Requests_cost_nothing_and_what_is_wrong_is_logged()
    {
        Assert.False(IsOn(Requests, LogLevel.Critical));
        Assert.False(IsOn("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information));
        Assert.True(IsOn("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning));
        Assert.True(IsOn("ReplicatedBook.Node.Api.Http.Edge", LogLevel.Information));
    }

    [Fact]
    public void Settings_turn_lines_for_requests_on()
    {
        Assert.True(IsOn(Requests, LogLevel.Information, (Requests, "Information")));
        Assert.False(IsOn(Requests, LogLevel.Critical, ("Default", "Debug")));
    }

    private static bool IsOn(string category, LogLevel level, params (string Category, string Level)[] given)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(given.Select(pair => KeyValuePair.Create(
                $"Logging:LogLevel:{pair.Category}", (string?)pair.Level)))
            .Build();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddNodeLogging(settings))
            .BuildServiceProvider();
        return services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level);
    }
}
