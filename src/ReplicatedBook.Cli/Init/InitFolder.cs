using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ReplicatedBook.Cli.Init;

/// <summary>The folder that <c>rb init</c> makes: the cluster's authority, and a folder for each node to be taken to
/// its machine.</summary>
/// <param name="path">Where it is, or is to be.</param>
internal sealed class InitFolder(string path)
{
    public const string Authority = "ca.crt";
    public const string AuthorityKey = "ca.key";
    public const string PeerCertificate = "peer.crt";
    public const string PeerKey = "peer.key";
    public const string ApiCertificate = "api.crt";
    public const string ApiKey = "api.key";
    public const string BootstrapToken = "bootstrap-token";
    public const string Configuration = "node.json";

    private const string PlanName = "cluster.json";
    private const string Unfinished = ".part";
    private const int TokenBytes = 32;

    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <summary>Makes it, whole or not at all.</summary>
    /// <exception cref="UsageException">There is something already.</exception>
    public void Create(ClusterPlan plan, TimeSpan validity)
    {
        if (File.Exists(Path) || (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any()))
        {
            throw new UsageException($"{Path} is there already; nothing in it was changed");
        }

        var part = NewPart(Path);
        using var authority = CertificateAuthority.Create(plan.Cluster);
        Write(part, Authority, authority.CertificatePem);
        Write(part, AuthorityKey, authority.KeyPem);
        Write(part, PlanName, Serialize(plan));
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        Write(part, BootstrapToken, token + "\n");
        foreach (var node in plan.Nodes)
        {
            WriteNode(In(part, node.Name), authority, plan, node, token, validity);
        }

        PutInPlace(part, Path);
    }

    /// <summary>Makes the folder of a node that is to join.</summary>
    /// <exception cref="UsageException">There is a node of that name, or the folder is no cluster's.</exception>
    public void AddNode(InitNode node, TimeSpan validity)
    {
        var plan = ReadPlan();
        var place = In(Path, node.Name);
        if (plan.Nodes.Any(known => known.Name == node.Name) || Directory.Exists(place))
        {
            throw new UsageException($"there is a node {node.Name} already; names are never used twice");
        }

        using var authority = OpenAuthority(plan);
        var part = NewPart(place);
        WriteNode(part, authority, plan, node, token: null, validity);
        PutInPlace(part, place);
        PrivateFiles.Replace(In(Path, PlanName), Serialize(plan with { Nodes = [.. plan.Nodes, node] }));
    }

    /// <summary>Gives nodes new certificates and keys, in the place of those they have.</summary>
    /// <param name="names">Which nodes; none for all.</param>
    /// <param name="validity">How long the new ones last.</param>
    /// <returns>Which nodes.</returns>
    /// <exception cref="UsageException">There is no such node, or the folder is no cluster's.</exception>
    public IReadOnlyList<string> Renew(IReadOnlyList<string> names, TimeSpan validity)
    {
        var plan = ReadPlan();
        var unknown = names.FirstOrDefault(name => plan.Nodes.All(node => node.Name != name));
        if (unknown is not null)
        {
            throw new UsageException(
                $"no node {unknown}; there are {string.Join(", ", plan.Nodes.Select(node => node.Name))}");
        }

        using var authority = OpenAuthority(plan);
        var renewed = plan.Nodes.Where(node => names.Count == 0 || names.Contains(node.Name)).ToArray();
        foreach (var node in renewed)
        {
            WriteCertificates(In(Path, node.Name), authority, node, validity);
        }

        return [.. renewed.Select(node => node.Name)];
    }

    /// <summary>What the folder was made for.</summary>
    /// <exception cref="UsageException">It was not made by <c>rb init</c>.</exception>
    private ClusterPlan ReadPlan()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(In(Path, PlanName)), InitJson.Default.ClusterPlan)!;
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            throw new UsageException($"{Path} is no folder that 'rb init' has made: {failure.Message}");
        }
    }

    private CertificateAuthority OpenAuthority(ClusterPlan plan) =>
        CertificateAuthority.Open(plan.Cluster, In(Path, Authority), In(Path, AuthorityKey));

    private static void WriteNode(
        string folder, CertificateAuthority authority, ClusterPlan plan, InitNode node, string? token,
        TimeSpan validity)
    {
        PrivateFiles.CreateFolder(folder);
        WriteCertificates(folder, authority, node, validity);
        Write(folder, Authority, authority.CertificatePem);
        Write(folder, Configuration, NodeFile.Content(plan.Cluster, plan.Nodes, node, isJoining: token is null));
        if (token is not null)
        {
            Write(folder, BootstrapToken, token + "\n");
        }
    }

    /// <summary>Each key before its certificate: a node that looks in between keeps what it has.</summary>
    private static void WriteCertificates(
        string folder, CertificateAuthority authority, InitNode node, TimeSpan validity)
    {
        var peer = authority.IssueForPeers(node, validity);
        Write(folder, PeerKey, peer.Key);
        Write(folder, PeerCertificate, peer.Certificate);
        var api = authority.IssueForClients(node, validity);
        Write(folder, ApiKey, api.Key);
        Write(folder, ApiCertificate, api.Certificate);
    }

    /// <summary>A folder beside the one to be made; one that an interrupted run has left is taken away.</summary>
    private static string NewPart(string place)
    {
        var part = place + Unfinished;
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }

        PrivateFiles.CreateFolder(part);
        return part;
    }

    private static void PutInPlace(string part, string place)
    {
        if (Directory.Exists(place))
        {
            Directory.Delete(place); // It is empty; if not any more, this fails.
        }

        Directory.Move(part, place);
    }

    private static byte[] Serialize(ClusterPlan plan) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(plan, InitJson.Default.ClusterPlan), (byte)'\n'];

    private static void Write(string folder, string name, string text) =>
        Write(folder, name, Encoding.ASCII.GetBytes(text));

    private static void Write(string folder, string name, byte[] content) =>
        PrivateFiles.Replace(In(folder, name), content);

    private static string In(string folder, string name) => System.IO.Path.Combine(folder, name);
}
