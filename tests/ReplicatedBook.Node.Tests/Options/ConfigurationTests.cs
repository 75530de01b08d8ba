using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Tests.Options;

public sealed class ConfigurationTests
{
    private static readonly string[] Good =
    [
        "--Cluster:Id=test", "--Node:Id=n1", "--Node:DataDirectory=data", "--Cluster:Members:0:NodeId=n1",
        "--Cluster:Members:0:Peer=127.0.0.1:8301", "--Cluster:Members:0:Api=http://127.0.0.1:8001",
        "--Auth:Mode=off",
    ];

    [Fact]
    public void Flags_win_over_the_environment_and_that_over_the_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"Cluster":{"Id":"file"},"Node":{"Id":"file"},"Http":{"Port":1}}""");
        var environment = new Hashtable
        {
            ["RB_CLUSTER__ID"] = "environment",
            ["RB_NODE__ID"] = "environment",
            ["RB_ENDPOINT"] = "not a setting",
        };

        var settings = NodeConfiguration.Read(["--config", file, "--Cluster:Id=flag"], environment).Settings;

        Assert.Equal(
            ("flag", "environment", "1"), (settings["Cluster:Id"], settings["Node:Id"], settings["Http:Port"]));
        File.Delete(file);
    }

    [Theory]
    [InlineData("--Http:Prot=1", "Prot")]
    [InlineData("--Nonsense:Key=1", "Nonsense")]
    [InlineData("--verbose", "--verbose")]
    [InlineData("--config", "--config")]
    [InlineData("--config=does-not-exist.json", "does-not-exist.json")]
    [InlineData("--Http:Port=65536", "Port")]
    [InlineData("--Http:Port=eight", "Port")]
    [InlineData("--Http:Address=0.0.0.0", "loopback")]
    [InlineData("--Http:Address=localhost", "IP address")]
    [InlineData("--Peer:Address=10.0.0.1", "loopback")]
    [InlineData("--Tcp:Address=10.0.0.1", "loopback")]
    [InlineData("--Tcp:Port=65536", "Port")]
    [InlineData("--Auth:Mode=maybe", "Auth:Mode")]
    [InlineData("--Http:Tls:CertificateFile=a", "KeyFile")]
    [InlineData("--Http:Tls:KeyFile=a", "CertificateFile")]
    [InlineData("--Peer:Tls:CertificateFile=a", "AuthorityFile")]
    [InlineData("--Peer:Tls:AuthorityFile=a", "CertificateFile")]
    [InlineData("--Node:Insecure=perhaps", "Insecure")]
    [InlineData("--Node:Id=n9", "n9")]
    [InlineData("--Cluster:Members:1:NodeId=n1", "Peer of n1")]
    [InlineData("--Cluster:Members:0:Peer=nowhere", "nowhere")]
    [InlineData("--Cluster:Members:0:Api=ftp://x", "ftp://x")]
    [InlineData("--Cluster:Id=", "Id")]
    [InlineData("--Raft:ElectionTimeout=00:00:00.100", "three times")]
    [InlineData("--Limits:MaxBatchBodyBytes=1024", "MaxBatchBodyBytes")]
    public void A_wrong_setting_stops_the_start_and_is_named(string flag, string named)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => NodeHost.Build([.. Good, flag], AddNothing));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_whose_signing_keys_could_not_be_named_does_not_start()
    {
        string[] named = [.. Good, "--Node:Id=n:1", "--Cluster:Members:0:NodeId=n:1"];

        Assert.Contains("n:1", Refusal("--Auth:Mode=on"), StringComparison.Ordinal);
        Assert.DoesNotContain("n:1", Refusal("--Auth:Mode=off"), StringComparison.Ordinal); // It lacks a log only.

        string Refusal(string mode) => Assert.Throws<InvalidOperationException>(
            () => NodeHost.Build([.. named, mode], AddNothing)).Message;
    }

    [Theory]
    [InlineData("Http")]
    [InlineData("Peer")]
    [InlineData("Tcp")]
    public void Beyond_loopback_encryption_is_needed_or_an_explicit_word(string section)
    {
        string[] exposed = [.. Good, "--Auth:Mode=on", $"--{section}:Address=0.0.0.0"];

        var refusal = Assert.Throws<ConfigurationRefusedException>(() => SettingsOf(exposed));
        Assert.Contains("--insecure", refusal.Message, StringComparison.Ordinal);
        Assert.True(SettingsOf([.. exposed, "--insecure"]).Node.Insecure);
        Assert.Contains("loopback", Assert.Throws<ConfigurationRefusedException>(
            () => SettingsOf([.. exposed, "--insecure", "--Auth:Mode=off"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_with_encryption_is_reached_by_https()
    {
        string[] encrypted = [.. Good, "--Http:Tls:CertificateFile=a", "--Http:Tls:KeyFile=b"];

        Assert.Contains("https", Assert.Throws<ConfigurationRefusedException>(() => SettingsOf(encrypted)).Message,
            StringComparison.Ordinal);
        Assert.NotNull(SettingsOf([.. encrypted, "--Cluster:Members:0:Api=https://127.0.0.1:8001"]));
    }

    [Fact]
    public void Credentials_are_asked_for_unless_that_is_switched_off() =>
        Assert.Equal(["on", "off"], [SettingsOf(Good[..^1]).Auth.Mode, SettingsOf(Good).Auth.Mode]);

    [Fact]
    public async Task A_refused_configuration_ends_the_program_with_code_two() =>
        Assert.Equal(2, await NodeHost.RunAsync([.. Good, "--Http:Prot=1"], AddNothing));

    [Fact]
    public void The_configurations_in_the_tree_are_good_and_agree_on_the_members()
    {
        var folder = Path.Combine(Repository.RepositoryFiles.Root, "cluster-config");
        var members = new List<string>();
        foreach (var file in Directory.GetFiles(folder, "node-*.json"))
        {
            Assert.NotNull(SettingsOf("--config", file));
            members.Add(JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("Cluster").GetRawText());
        }

        Assert.Equal(3, members.Count);
        Assert.Single(members.Distinct());
    }

    [Fact]
    public void The_printed_configuration_is_a_configuration_file()
    {
        var printed = SettingsOf([.. Good, "--Raft:HeartbeatInterval=00:00:00.050"]).ToJson();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, printed);

        Assert.Equal(printed, SettingsOf("--config", file).ToJson());
        Assert.Contains("00:00:00.0500000", printed, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static NodeSettings SettingsOf(params string[] args) =>
        NodeHost.ReadSettings(NodeConfiguration.Read(args, new Hashtable()));

    // The engine is not needed to judge settings; whoever asks for it would fail.
    private static void AddNothing(IServiceCollection services)
    {
    }
}
