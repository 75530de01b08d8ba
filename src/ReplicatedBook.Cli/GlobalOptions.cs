using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Cli.Contexts;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cli;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    private static readonly Option<string?> Endpoint = new("--endpoint")
    {
        Description = "Nodes to ask, with commas between. Default: the context's, else the development cluster's, "
            + "else ports 8001-8003.",
        Recursive = true,
    };

    private static readonly Option<string?> Context = new("--context")
    {
        Description = "As whom, and where: a context of 'rb login', or a user of the development cluster.",
        Recursive = true,
    };

    private static readonly Option<string?> Authority = new("--ca")
    {
        Description = "PEM file of the authority whose nodes are trusted over https. Default: the context's, else "
            + "those of this machine.",
        Recursive = true,
    };

    private static readonly Option<string> Format = Choice("--output", "table", "table", "json");

    private static readonly Option<string> Consistency = Choice("--consistency", "strong", "strong", "weak");

    private static readonly Option<long?> MinIndex = new("--min-index")
    {
        Description = "With weak: not before the node has applied this log index.",
        Recursive = true,
    };

    private static readonly Option<long?> AtIndex = new("--at-index")
    {
        Description = "Reads as of this log index.",
        Recursive = true,
    };

    /// <summary>Bound of one call. Default 30 s, as the SDK's.</summary>
    private static readonly Option<int> Seconds = new("--timeout")
    {
        Description = "Seconds until a call is given up, all attempts together.",
        DefaultValueFactory = _ => 30,
        Recursive = true,
    };

    public static IReadOnlyList<Option> All { get; } =
        [Endpoint, Context, Authority, Format, Consistency, MinIndex, AtIndex, Seconds];

    public static bool IsJson(ParseResult parse) => parse.GetValue(Format) == "json";

    public static ReadOptions Read(ParseResult parse) => new(
        parse.GetValue(Consistency) == "weak" || parse.GetValue(MinIndex) is not null,
        parse.GetValue(MinIndex),
        parse.GetValue(AtIndex));

    /// <summary>The nodes to ask, as whom, and whom to trust.</summary>
    /// <exception cref="UsageException">An endpoint is no address, or there is no such context.</exception>
    public static Identity Identity(ParseResult parse)
    {
        var found = Contexts.Identity.Find(
            parse.GetValue(Endpoint) is { } given ? ParseEndpoints(given) : null, parse.GetValue(Context));
        return parse.GetValue(Authority) is { } file ? found with { Authority = Path.GetFullPath(file) } : found;
    }

    /// <summary>The nodes to ask.</summary>
    /// <exception cref="UsageException">As above.</exception>
    public static IReadOnlyList<Uri> Endpoints(ParseResult parse) => Identity(parse).Endpoints;

    /// <summary>Bound of one call.</summary>
    public static TimeSpan Limit(ParseResult parse) => TimeSpan.FromSeconds(parse.GetValue(Seconds));

    /// <summary>A client for the nodes to ask, as whoever asks.</summary>
    public static ReplicatedBookClient Client(ParseResult parse) => Client(parse, Identity(parse));

    /// <summary>The same for a program that tries again by itself.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="otherwise">Bound of one call, unless one was given.</param>
    public static ReplicatedBookClient Client(ParseResult parse, TimeSpan otherwise) => Client(
        parse, Identity(parse), parse.GetResult(Seconds) is { Implicit: false } ? Limit(parse) : otherwise);

    /// <summary>A client for some nodes, as somebody.</summary>
    public static ReplicatedBookClient Client(ParseResult parse, Identity identity) =>
        Client(parse, identity, Limit(parse));

    private static ReplicatedBookClient Client(ParseResult parse, Identity identity, TimeSpan limit) => new(
        identity.Endpoints,
        new ClientOptions
        {
            Credentials = identity.Credentials,
            Deadline = limit,
            ConnectTimeout = TimeSpan.FromSeconds(3), // A process that has just started is slow at first.
            Authorities = Authorities(identity),
        });

    /// <summary>Whose certificates are taken from nodes over TLS; null for those that this machine trusts.</summary>
    /// <exception cref="UsageException">The file that holds them cannot be read.</exception>
    public static X509Certificate2Collection? Authorities(Identity identity) =>
        identity.Authority is { } file ? Authorities(file) : null;

    /// <summary>Addresses with commas between.</summary>
    /// <exception cref="UsageException">One is no address.</exception>
    public static IReadOnlyList<Uri> ParseEndpoints(string text)
    {
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length == 0
            ? throw new UsageException("--endpoint names no node")
            : [.. parts.Select(ParseEndpoint)];
    }

    private static Uri ParseEndpoint(string text)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        return Uri.TryCreate(whole.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new UsageException($"--endpoint: {text} is no address like http://127.0.0.1:8001");
    }

    private static Option<string> Choice(string name, string otherwise, params string[] values)
    {
        var option = new Option<string>(name, name == "--output" ? ["-o"] : [])
        {
            Description = $"One of {string.Join(", ", values)}.",
            DefaultValueFactory = _ => otherwise,
            Recursive = true,
        };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"the authority's file: {failure.Message}");
        }

        return found.Count > 0 ? found : throw new UsageException($"{file} holds no certificate");
    }
}
