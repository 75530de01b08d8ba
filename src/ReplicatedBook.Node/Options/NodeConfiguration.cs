using System.Collections;
using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Options;

/// <summary>Where settings come from, in rising precedence: a JSON file, the environment, the command line.</summary>
/// <param name="Settings">All of them, merged.</param>
/// <param name="PrintOnly">Whether only the result is to be shown.</param>
internal sealed partial record NodeConfiguration(IConfigurationRoot Settings, bool PrintOnly)
{
    private const string EnvironmentPrefix = "RB_";
    private const string InsecureKey = $"{NodeOptions.Section}:{nameof(NodeOptions.Insecure)}";

    private static readonly string[] Sections =
    [
        ClusterOptions.Section, NodeOptions.Section, HttpOptions.Section, PeerOptions.Section, RaftOptions.Section,
        StorageOptions.Section, SnapshotOptions.Section, FeedOptions.Section, LimitsOptions.Section,
        AuthOptions.Section, RatesOptions.Section, GrpcOptions.Section, "Logging",
    ];

    /// <summary>Reads <c>--config file</c>, <c>RB_SECTION__KEY</c> and <c>--Section:Key=value</c>. A secret comes from
    /// the environment, or from the file that its key with <c>_FILE</c> behind it names.</summary>
    /// <exception cref="ConfigurationRefusedException">A flag or a section that does not exist, a file that cannot be
    /// read, or a secret where others see it.</exception>
    public static NodeConfiguration Read(IReadOnlyList<string> args, IDictionary environment)
    {
        string? file = null;
        var printOnly = false;
        var flags = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (arg == "--print-config")
            {
                printOnly = true;
            }
            else if (arg == "--config")
            {
                file = ++i < args.Count ? args[i] : throw new ConfigurationRefusedException("--config needs a file.");
            }
            else if (arg.StartsWith("--config=", StringComparison.Ordinal))
            {
                file = arg["--config=".Length..];
            }
            else if (arg == "--insecure")
            {
                flags[InsecureKey] = "true";
            }
            else if (Flag().Match(arg) is { Success: true } match)
            {
                flags[match.Groups[1].Value] = match.Groups[2].Value;
            }
            else
            {
                // What follows the name is not shown: it may be a secret.
                throw new ConfigurationRefusedException(
                    $"Unknown flag {arg.Split('=')[0]}; known are --config FILE, --print-config, --insecure and "
                    + "--Section:Key=value.");
            }
        }

        return new NodeConfiguration(Merge(file, environment, flags), printOnly);
    }

    private static IConfigurationRoot Merge(
        string? file, IDictionary environment, Dictionary<string, string?> flags)
    {
        SecretSettings.Refuse("in a flag, where every user of the machine sees it", flags.Keys);
        try
        {
            var builder = new ConfigurationBuilder();
            if (file is not null)
            {
                builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
                SecretSettings.Refuse(
                    "in the configuration file", builder.Build().AsEnumerable().Select(setting => setting.Key));
            }

            builder.AddInMemoryCollection(FromEnvironment(environment));
            builder.AddInMemoryCollection(flags);
            var settings = WithSecrets(builder);
            var unknown = settings.GetChildren()
                .FirstOrDefault(section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase));
            return unknown is null
                ? settings
                : throw new ConfigurationRefusedException($"Unknown section {unknown.Key} in the configuration.");
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or FormatException)
        {
            throw new ConfigurationRefusedException($"Cannot read {file}: {failure.Message}");
        }
    }

    /// <summary>Puts what the files of secrets hold in the place of their names.</summary>
    private static IConfigurationRoot WithSecrets(ConfigurationBuilder builder)
    {
        var settings = builder.Build();
        var secrets = SecretSettings.FromFiles(settings);
        if (secrets.Count == 0)
        {
            return settings;
        }

        var files = secrets.Keys
            .Select(key => key + SecretSettings.FileSuffix)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = settings.AsEnumerable().Where(pair => pair.Value is not null && !files.Contains(pair.Key));
        return new ConfigurationBuilder()
            .AddInMemoryCollection(others)
            .AddInMemoryCollection(secrets)
            .Build();
    }

    // Only names with a double underscore are settings: RB_ENDPOINT and the like belong to the command line tool.
    private static Dictionary<string, string?> FromEnvironment(IDictionary environment)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal)
                && name.Contains("__", StringComparison.Ordinal))
            {
                settings[name[EnvironmentPrefix.Length..].Replace("__", ":")] = (string?)variable.Value;
            }
        }

        return settings;
    }

    [GeneratedRegex(@"^--([A-Za-z]+(?::[A-Za-z0-9._]+)+)=(.*)$", RegexOptions.Singleline)]
    private static partial Regex Flag();
}
