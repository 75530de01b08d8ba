using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReplicatedBook.Cli.Init;

/// <summary>The configuration file of a node that <c>rb init</c> sets up. Paths in it are relative to its folder, from
/// which the node is to be started.</summary>
internal static class NodeFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Its content.</summary>
    /// <param name="cluster">Name of the cluster.</param>
    /// <param name="members">Nodes that found the cluster; for one that joins, those that it is to know.</param>
    /// <param name="node">The node.</param>
    /// <param name="isJoining">Whether it joins a cluster that exists.</param>
    public static byte[] Content(string cluster, IEnumerable<InitNode> members, InitNode node, bool isJoining)
    {
        var clusterSection = new JsonObject { ["Id"] = cluster };
        if (isJoining)
        {
            clusterSection["Join"] = true;
        }

        var auth = new JsonObject { ["Mode"] = "on" };
        if (!isJoining)
        {
            auth["BootstrapTokenFile"] = InitFolder.BootstrapToken;
        }

        clusterSection["Members"] = new JsonArray([.. members.Select(MemberOf)]);
        var whole = new JsonObject
        {
            ["Cluster"] = clusterSection,
            ["Node"] = new JsonObject { ["Id"] = node.Name, ["DataDirectory"] = "data" },
            ["Http"] = Listener(node.Api, new JsonObject
            {
                ["CertificateFile"] = InitFolder.ApiCertificate,
                ["KeyFile"] = InitFolder.ApiKey,
            }),
            ["Peer"] = Listener(node.Peer, new JsonObject
            {
                ["CertificateFile"] = InitFolder.PeerCertificate,
                ["KeyFile"] = InitFolder.PeerKey,
                ["AuthorityFile"] = InitFolder.Authority,
            }),
            ["Auth"] = auth,
        };
        AddSibling(whole, "Grpc", node.Api, node.GrpcPort);
        AddSibling(whole, "Tcp", node.Api, node.TcpPort);
        return Encoding.UTF8.GetBytes(whole.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Listener(string address, JsonObject tls) => new()
    {
        ["Address"] = InitNode.ListenOn(address),
        ["Port"] = InitNode.PortOf(address),
        ["Tls"] = tls,
    };

    /// <summary>An interface beside HTTP: on its address and with its certificate, so a port is all it is
    /// told.</summary>
    private static void AddSibling(JsonObject whole, string section, string api, int? port)
    {
        if (port is { } known)
        {
            whole[section] = new JsonObject { ["Address"] = InitNode.ListenOn(api), ["Port"] = known };
        }
    }

    private static JsonNode MemberOf(InitNode node) => new JsonObject
    {
        ["NodeId"] = node.Name,
        ["Peer"] = node.Peer,
        ["Api"] = $"https://{node.Api}",
    };
}
