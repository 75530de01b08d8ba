using System.Collections;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Tests.Options;

/// <summary>Goal: a secret comes from where nobody else can read it, and is shown nowhere. Method: a marker on every
/// way that settings come.</summary>
public sealed class SecretSettingsTests : IDisposable
{
    private const string Marker = "marker-5f1c";
    private const string Key = "Http:Tls:KeyPassword";
    private const string Variable = "RB_HTTP__TLS__KEYPASSWORD";

    private static readonly string[] Good =
    [
        "--Cluster:Id=test", "--Node:Id=n1", "--Node:DataDirectory=data", "--Cluster:Members:0:NodeId=n1",
        "--Cluster:Members:0:Peer=127.0.0.1:8301", "--Cluster:Members:0:Api=https://127.0.0.1:8001",
        "--Http:Tls:CertificateFile=a", "--Http:Tls:KeyFile=b",
    ];

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void All_secrets_are_found()
    {
        Assert.Equal(["Http:Tls:KeyPassword", "Peer:Tls:KeyPassword"], SecretSettings.Keys);
    }

    [Fact]
    public void A_secret_comes_from_the_environment_and_is_masked()
    {
        var settings = Read([], (Variable, Marker));

        Assert.Equal(Marker, settings.Http.Tls.KeyPassword);
        Assert.DoesNotContain(Marker, settings.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"KeyPassword\": \"***\"", settings.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_secret_comes_from_a_file_of_its_own_named_anywhere(bool byVariable)
    {
        File.WriteAllText(_file, Marker + "\n");

        var settings = byVariable
            ? Read([], (Variable + "_FILE", _file))
            : Read([$"--{Key}_FILE={_file}"]);

        Assert.Equal(Marker, settings.Http.Tls.KeyPassword);
        Assert.DoesNotContain(Marker, settings.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_flag_is_refused() => Refused([$"--{Key}={Marker}"], "flag");

    [Fact]
    public void A_secret_in_the_configuration_file_is_refused()
    {
        File.WriteAllText(_file, $$"""{"Http":{"Tls":{"KeyPassword":"{{Marker}}"} } }""");
        Refused(["--config", _file], "configuration file");
    }

    [Fact]
    public void A_secret_given_twice_is_refused()
    {
        File.WriteAllText(_file, Marker);
        Refused([$"--{Key}_FILE={_file}"], "exclude", (Variable, Marker));
    }

    [Fact]
    public void A_file_of_a_secret_that_is_not_there_is_refused() => Refused([$"--{Key}_FILE=nowhere"], "nowhere");

    [Theory] // Misspelt ones as well.
    [InlineData("--Http:Tls:KeyPasword=" + Marker)]
    [InlineData("--password=" + Marker)]
    [InlineData("--KeyPassword=" + Marker)]
    public void No_refusal_repeats_a_value(string flag) => Refused([flag], "");

    public void Dispose() => File.Delete(_file);

    private static void Refused(string[] args, string named, params (string Name, string Value)[] environment)
    {
        var refusal = Assert.Throws<ConfigurationRefusedException>(() => Read(args, environment));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, refusal.Message, StringComparison.Ordinal);
    }

    private static NodeSettings Read(string[] args, params (string Name, string Value)[] environment) =>
        NodeHost.ReadSettings(NodeConfiguration.Read(
            [.. Good, .. args], new Hashtable(environment.ToDictionary(pair => pair.Name, pair => pair.Value))));
}
