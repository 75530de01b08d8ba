using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ReplicatedBook.Matching;
using ReplicatedBook.Node.Api.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Hosting;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node;

/// <summary>Puts a node together; the only place that knows all parts.</summary>
public static class NodeHost
{
    private const int ExitOk = 0;

    /// <summary>Exit code where settings, data or a port were refused.</summary>
    internal const int ExitRefused = 2;

    /// <summary>Runs a node until it is told to stop.</summary>
    /// <param name="args">Flags: --config FILE, --print-config, --Section:Key=value.</param>
    /// <param name="addReplicatedLog">Registers IReplicatedLog, IReplicaReader, IReplicaSnapshots, EventFeed,
    /// EventHistory and IPeerCalls, and what runs them.</param>
    /// <returns>Exit code: 0 after an orderly stop, 2 when settings, data or a port were refused, else what a failed
    /// part set.</returns>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection> addReplicatedLog)
    {
        WebApplication node;
        try
        {
            var configuration = NodeConfiguration.Read(args, Environment.GetEnvironmentVariables());
            if (configuration.PrintOnly)
            {
                Console.WriteLine(ReadSettings(configuration).ToJson());
                return ExitOk;
            }

            node = Build(configuration, addReplicatedLog);
        }
        catch (Exception refusal) when (refusal is ConfigurationRefusedException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"The configuration is refused: {refusal.Message}");
            return ExitRefused;
        }
        catch (Exception refusal) when (IsOfData(refusal))
        {
            // The replica opens its data as soon as something needs it, which may be while the node is put together.
            return await RefuseDataAsync(refusal);
        }

        await using (node)
        {
            try
            {
                await node.RunAsync();
            }
            catch (Exception refusal) when (IsOfData(refusal))
            {
                return await RefuseDataAsync(refusal);
            }
            catch (IOException refusal) when (refusal.InnerException is SocketException or AddressInUseException)
            {
                await Console.Error.WriteLineAsync($"The node cannot start: {refusal.Message}");
                return ExitRefused;
            }
        }

        return Environment.ExitCode;
    }

    /// <summary>Builds a node that the caller starts and stops.</summary>
    /// <param name="args">As in <see cref="RunAsync"/>.</param>
    /// <param name="addReplicatedLog">As in <see cref="RunAsync"/>.</param>
    /// <exception cref="InvalidOperationException">The settings are refused; the inner exception says why.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection> addReplicatedLog)
    {
        try
        {
            return Build(NodeConfiguration.Read(args, Environment.GetEnvironmentVariables()), addReplicatedLog);
        }
        catch (Exception refusal) when (refusal is ConfigurationRefusedException or OptionsValidationException)
        {
            throw new InvalidOperationException($"The configuration is refused: {refusal.Message}", refusal);
        }
    }

    /// <summary>Binds and checks all settings, and touches nothing else: neither the data directory nor a
    /// port.</summary>
    /// <exception cref="ConfigurationRefusedException">The first thing that is wrong.</exception>
    /// <exception cref="OptionsValidationException">A value out of its range.</exception>
    internal static NodeSettings ReadSettings(NodeConfiguration configuration)
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration.Settings)
            .AddNodeOptions()
            .BuildServiceProvider();
        try
        {
            var settings = services.GetRequiredService<NodeSettings>();
            settings.Validate();
            _ = settings.ToJson(); // Binds every section, so an unknown key shows itself here.
            return settings;
        }
        catch (InvalidOperationException unknown)
        {
            throw new ConfigurationRefusedException(unknown.Message);
        }
    }

    /// <summary>What no second start mends, and what says by itself what is to be done.</summary>
    private static bool IsOfData(Exception exception) => exception is UnsupportedFormatException
        or StorageVersionException or StorageIdentityException or StorageDamagedException or DirectoryInUseException
        or CryptographicException;

    private static async Task<int> RefuseDataAsync(Exception refusal)
    {
        await Console.Error.WriteLineAsync($"The data directory is refused: {refusal.Message}");
        return ExitRefused;
    }

    private static WebApplication Build(NodeConfiguration configuration, Action<IServiceCollection> addReplicatedLog)
    {
        ReadSettings(configuration);

        // Kestrel takes a bare line feed for the end of a header line unless told otherwise: a way to smuggle requests.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(configuration.Settings);
        builder.Logging.AddNodeLogging(configuration.Settings);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.AddNodeOptions();
        builder.Services.AddHostedService<StandardInputGuard>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<NodeCertificates>();
        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ClientListener>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, GrpcListener>();
        builder.Services.AddMeters();
        builder.Services.AddGateway();
        builder.Services.AddMarketData();
        builder.Services.AddHttpApi();
        builder.Services.AddSingleton<RouteCaller>();
        builder.Services.AddGrpcApi();
        builder.Services.AddSecurity();
        builder.Services.AddLineApi();
        addReplicatedLog(builder.Services);

        var node = builder.Build();
        _ = node.Services.GetRequiredService<NodeCertificates>(); // Refused while nothing has begun.
        node.UseMiddleware<GrpcEdge>();
        ((IApplicationBuilder)node).Use(node.Services.GetRequiredService<RouteCaller>().Attach);
        node.UseRouting(); // Behind the other transports' way in: they name routes too.
        node.UseMiddleware<Edge>();
        node.UseMiddleware<Authentication>();
        node.UseMiddleware<Authorization>();
        node.MapHttpApi();
        return node;
    }

    private static void AddMeters(this IServiceCollection services) => services
        .AddSingleton<NodeMeter>()
        .AddSingleton<MarketGauges>()
        .AddSingleton<NodeGauges>()
        .AddSingleton(provider => new MetricsExporter(provider.GetRequiredService<NodeMeter>().Meter));

    private static IServiceCollection AddGateway(this IServiceCollection services) => services
        .AddSingleton<Catalog>()
        .AddSingleton<CommandAdmission>()
        .AddSingleton<CommandGateway>()
        .AddSingleton<OrderSessions>()
        .AddHostedService<OrderSessionKeeper>()
        .AddSingleton<ReadGateway>()
        .AddSingleton<Lookup>()
        .AddSingleton<NodeCalls>()
        .AddSingleton<IPeerCallHandler>(provider => provider.GetRequiredService<NodeCalls>())
        .AddSingleton<MembershipGateway>()
        .AddSingleton<MemberCalls>();
}
