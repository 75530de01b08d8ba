using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ReplicatedBook.Node.Options;

/// <summary>Every section, bound and validated; the whole is what <c>--print-config</c> shows.</summary>
internal sealed partial class NodeSettings(
    IOptions<ClusterOptions> cluster,
    IOptions<NodeOptions> node,
    IOptions<HttpOptions> http,
    IOptions<GrpcOptions> grpc,
    IOptions<WebSocketOptions> webSocket,
    IOptions<PeerOptions> peer,
    IOptions<RaftOptions> raft,
    IOptions<StorageOptions> storage,
    IOptions<SnapshotOptions> snapshot,
    IOptions<FeedOptions> feed,
    IOptions<LimitsOptions> limits,
    IOptions<AuthOptions> auth,
    IOptions<RatesOptions> rates,
    IOptions<SessionsOptions> sessions,
    IOptions<TcpOptions> tcp)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { SecretSettings.Mask } },
    };

    public ClusterOptions Cluster => cluster.Value;

    public NodeOptions Node => node.Value;

    public HttpOptions Http => http.Value;

    public GrpcOptions Grpc => grpc.Value;

    public WebSocketOptions WebSocket => webSocket.Value;

    public PeerOptions Peer => peer.Value;

    public RaftOptions Raft => raft.Value;

    public StorageOptions Storage => storage.Value;

    public SnapshotOptions Snapshot => snapshot.Value;

    public FeedOptions Feed => feed.Value;

    public LimitsOptions Limits => limits.Value;

    public AuthOptions Auth => auth.Value;

    public RatesOptions Rates => rates.Value;

    public SessionsOptions Sessions => sessions.Value;

    public TcpOptions Tcp => tcp.Value;

    /// <summary>All settings as JSON, as a configuration file would hold them; secrets are masked.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented);

    /// <summary>Checks what concerns several settings together.</summary>
    /// <exception cref="ConfigurationRefusedException">The first thing that is wrong.</exception>
    public void Validate()
    {
        Require(Raft.ElectionTimeout >= 3 * Raft.HeartbeatInterval,
            "Raft:ElectionTimeout must be at least three times Raft:HeartbeatInterval.");
        Require(Limits.MaxBatchBodyBytes >= Limits.MaxBodyBytes,
            "Limits:MaxBatchBodyBytes must be at least Limits:MaxBodyBytes.");
        Require(WebSocket.SilenceTimeout > WebSocket.PingInterval,
            "WebSocket:SilenceTimeout must be more than WebSocket:PingInterval.");
        foreach (var origin in Http.AllowedOrigins)
        {
            Require(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                && uri.GetLeftPart(UriPartial.Authority) == origin,
                $"Http:AllowedOrigins: '{origin}' is not scheme://host[:port] as browsers send it.");
        }

        ValidateMembers();
        ValidateTls();
        Require(Exposure.Judge(HttpOptions.Section, Http.Address, Auth.Mode == "off", Http.Tls.IsOn, Node.Insecure));
        Require(Exposure.Judge(GrpcOptions.Section, Grpc.Address, Auth.Mode == "off", Http.Tls.IsOn, Node.Insecure));
        Require(Exposure.Judge(PeerOptions.Section, Peer.Address, Auth.Mode == "off", Peer.Tls.IsOn, Node.Insecure));
        Require(Exposure.Judge(TcpOptions.Section, Tcp.Address, Auth.Mode == "off", Http.Tls.IsOn, Node.Insecure));
    }

    private void ValidateTls()
    {
        var (client, peer) = (Http.Tls, Peer.Tls);
        Require(client.IsOn == client.KeyFile is not null && (client.IsOn || client.KeyPassword is null),
            "Http:Tls needs both CertificateFile and KeyFile, or none of its settings.");
        Require(peer.IsOn == peer.KeyFile is not null && peer.IsOn == peer.AuthorityFile is not null
            && (peer.IsOn || peer.KeyPassword is null),
            "Peer:Tls needs all of CertificateFile, KeyFile and AuthorityFile, or none of its settings.");
        Require(!client.IsOn || Cluster.Members.Find(member => member.NodeId == Node.Id) is not { } self
            || self.Api.StartsWith("https:", StringComparison.Ordinal),
            $"Cluster:Members: Api of {Node.Id} must be https://host:port, as Http:Tls is set.");
    }

    private void ValidateMembers()
    {
        foreach (var member in Cluster.Members)
        {
            Require(Name().IsMatch(member.NodeId),
                $"Cluster:Members: '{member.NodeId}' is not 1 to 64 characters of A-Za-z0-9._:-.");
            Require(HostAndPort().IsMatch(member.Peer),
                $"Cluster:Members: Peer of {member.NodeId} must be host:port, not '{member.Peer}'.");
            Require(Uri.TryCreate(member.Api, UriKind.Absolute, out var api)
                && api is { Scheme: "http" or "https", PathAndQuery: "/" },
                $"Cluster:Members: Api of {member.NodeId} must be http://host:port, not '{member.Api}'.");
        }

        Require(Cluster.Members.DistinctBy(member => member.NodeId).Count() == Cluster.Members.Count,
            "Cluster:Members: every NodeId must be given once.");
        Require(Name().IsMatch(Node.Id), $"Node:Id: '{Node.Id}' is not 1 to 64 characters of A-Za-z0-9._:-.");
        Require(Auth.Mode == "off" || !Node.Id.Contains(':', StringComparison.Ordinal),
            $"Node:Id: '{Node.Id}' has a colon, which the names of signing keys (Auth:Mode=on) may not have.");
        Require(Cluster.Join || Cluster.Members.Exists(member => member.NodeId == Node.Id),
            $"Node:Id is '{Node.Id}', which is not one of Cluster:Members.");
    }

    private static void Require(string? refusal) => Require(refusal is null, refusal ?? "");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ConfigurationRefusedException(message);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[^:\s/]+:[0-9]{1,5}\z")]
    private static partial Regex HostAndPort();
}
