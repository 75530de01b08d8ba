using Microsoft.Extensions.Logging.Console;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Logging as JSON lines on standard output.</summary>
internal static class NodeLogging
{
    /// <summary>Information and above of our own, warnings of ASP.NET: its line per request would cost most of the
    /// throughput, and if only its errors were wanted it would still make an activity and a scope for each; errors of
    /// requests are logged by <c>Edge</c>. Section <c>Logging</c> changes that.</summary>
    public static void AddNodeLogging(this ILoggingBuilder logging, IConfiguration settings) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddConfiguration(settings.GetSection("Logging"))
        .AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        });
}
