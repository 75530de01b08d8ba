using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Hosting;

/// <summary>The port on our own engine: replica, peer link, and their life within the node.</summary>
internal static class RaftLogRegistration
{
    // Of replicas to one another, about their state (README.md of Replication).
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Registers log, reader, snapshots, feed, its history and peer calls; the replica starts with the
    /// host.</summary>
    public static IServiceCollection AddRaftLog(this IServiceCollection services)
    {
        services.AddSingleton(provider => Identity(provider.GetRequiredService<NodeSettings>()));
        services.AddSingleton<PeerRefusals>();
        services.AddSingleton(CreateSecurity);
        services.AddSingleton(CreateTransport);
        services.AddSingleton<IPeerCalls>(provider => provider.GetRequiredService<PeerTransport>());
        services.AddSingleton<FatalFailure>();
        services.AddSingleton<AgreementLog>();
        services.AddSingleton<StorageNotes>();
        services.AddSingleton(CreateLog);
        services.AddSingleton<IReplicatedLog>(provider => provider.GetRequiredService<RaftReplicatedLog>());
        services.AddSingleton<IReplicaReader>(provider => provider.GetRequiredService<RaftReplicatedLog>());
        services.AddSingleton<IReplicaSnapshots>(provider => provider.GetRequiredService<RaftReplicatedLog>());
        services.AddSingleton<EventFeed>(provider => provider.GetRequiredService<RaftReplicatedLog>().Feed);
        services.AddSingleton<EventHistory>(provider => provider.GetRequiredService<RaftReplicatedLog>().History);
        services.AddSingleton<PeerListener>();

        // First of all hosted services: it stops last, so requests still under way find the replica.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, RaftLogService>());
        return services;
    }

    private static PeerIdentity Identity(NodeSettings settings) => new(
        settings.Cluster.Id, new NodeId(settings.Node.Id));

    private static PeerSecurity CreateSecurity(IServiceProvider provider) => new(
        provider.GetRequiredService<NodeCertificates>().ForPeers, provider.GetRequiredService<PeerIdentity>(),
        provider.GetRequiredService<PeerRefusals>());

    private static PeerTransport CreateTransport(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<NodeSettings>();
        var peers = settings.Cluster.Members
            .Where(member => member.NodeId != settings.Node.Id)
            .Select(member =>
            {
                var colon = member.Peer.LastIndexOf(':');
                return new PeerAddress(
                    new NodeId(member.NodeId), member.Peer[..colon], int.Parse(member.Peer[(colon + 1)..]));
            });
        return new PeerTransport(
            settings.Cluster.Id, new NodeId(settings.Node.Id), [.. peers],
            provider.GetRequiredService<PeerSecurity>(), provider.GetRequiredService<ILogger<PeerTransport>>());
    }

    private static RaftReplicatedLog CreateLog(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<NodeSettings>();
        var identity = provider.GetRequiredService<PeerIdentity>();
        var agreement = provider.GetRequiredService<AgreementLog>();
        return new RaftReplicatedLog(
            HostOptions(settings, identity, agreement) with
            {
                Measures = provider.GetRequiredService<NodeMeter>(),
                Noted = provider.GetRequiredService<StorageNotes>().Note,
            },
            new DurableDisk(), provider.GetRequiredService<PeerTransport>(),
            provider.GetRequiredService<FatalFailure>().End);
    }

    private static ReplicaHostOptions HostOptions(
        NodeSettings settings, PeerIdentity identity, AgreementLog agreement)
    {
        var tick = TimeSpan.FromMilliseconds(Math.Clamp(settings.Raft.HeartbeatInterval.TotalMilliseconds / 4, 1, 10));
        return new ReplicaHostOptions
        {
            Replica = new ReplicaOptions
            {
                Bootstrap = MemberAddresses.Bootstrap(settings.Cluster),
                Raft = new RaftConfig
                {
                    Id = identity.Self,
                    HeartbeatTicks = Math.Max(1, (int)(settings.Raft.HeartbeatInterval / tick)),
                    ElectionTicks = Math.Max(3, (int)(settings.Raft.ElectionTimeout / tick)),
                    Seed = unchecked((ulong)Random.Shared.NextInt64()),
                },
                SnapshotEveryEntries = settings.Snapshot.EveryEntries,
                SnapshotMinInterval = settings.Snapshot.MinInterval,
                KeepEntries = settings.Snapshot.KeepEntries,
                MaxFeedEntries = settings.Feed.MaxEntries,
                MaxFeedBytes = settings.Feed.MaxBytes,
                SupportedLevel = settings.Cluster.MaxFeatureLevel,
                ReportEveryTicks = (int)(ReportInterval / tick),
            },
            DataDirectory = Path.GetFullPath(settings.Node.DataDirectory),
            Identity = new StorageIdentity(settings.Cluster.Id, settings.Node.Id),
            Storage = new Replication.Storage.StorageOptions { SegmentBytes = settings.Storage.SegmentBytes },
            Journal = settings.Feed.MaxJournalBytes == 0
                ? null
                : new JournalOptions { MaxBytes = Math.Max(settings.Feed.MaxJournalBytes, JournalOptions.MinBytes) },
            TickInterval = tick,
            MaxWaitingProposals = settings.Limits.MaxInflightProposals,
            DifferenceFound = agreement.Found,
            Diverged = agreement.Stopped,
        };
    }
}
