using System.CommandLine;
using System.Globalization;
using ReplicatedBook.Cli.Contexts;
using ReplicatedBook.Cli.Repl;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb repl: the line protocol (API.md 5) by hand, or from a script.</summary>
internal static class ReplCommand
{
    private const string Prompt = "rb> ";

    private static readonly Option<string?> Address = new("--tcp")
    {
        Description = "HOST:PORT of the line protocol. Default: each endpoint's host, and 200 above its port.",
    };

    public static Command Build()
    {
        var command = new Command(
            "repl", "Takes commands line by line and prints the replies; also in a pipe. 'help' lists the commands.")
        {
            Address,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var identity = GlobalOptions.Identity(parse);
        var bearer = await BearerAsync(parse, identity, cancellation);
        using var connection = await ConnectAsync(parse, identity, cancellation);
        if (connection is null)
        {
            return ExitCodes.Unavailable;
        }

        if (bearer is not null)
        {
            await connection.SendAsync($"AUTH # {bearer}", cancellation);
            var reply = await connection.ReadAsync(cancellation);
            if (reply?.StartsWith("OK ", StringComparison.Ordinal) is not true)
            {
                Console.Error.WriteLine($"rb: {reply ?? "the node ended the connection"}");
                return reply is null ? ExitCodes.Unavailable : ExitCodes.Rejected;
            }
        }

        return await TalkAsync(connection, cancellation);
    }

    /// <summary>A credential that holds now; null for none.</summary>
    private static async Task<string?> BearerAsync(
        ParseResult parse, Identity identity, CancellationToken cancellation)
    {
        if (identity.Credentials is not { } credentials)
        {
            return null;
        }

        using var client = GlobalOptions.Client(parse, identity);
        _ = await client.GetMeAsync(ReadOptions.Strong, cancellation); // Renews it where it is over.
        return credentials.Bearer;
    }

    /// <summary>Connects to the first node that can be reached; null when none can, which was then told.</summary>
    private static async Task<ReplConnection?> ConnectAsync(
        ParseResult parse, Identity identity, CancellationToken cancellation)
    {
        var authorities = GlobalOptions.Authorities(identity);
        foreach (var (host, port, isEncrypted) in Targets(parse, identity))
        {
            try
            {
                return await ReplConnection.OpenAsync(host, port, isEncrypted, authorities, cancellation);
            }
            catch (IOException failure)
            {
                Console.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"rb: {host}:{port}: {failure.Message}"));
            }
        }

        return null;
    }

    private static IEnumerable<(string Host, int Port, bool IsEncrypted)> Targets(ParseResult parse, Identity identity)
    {
        if (parse.GetValue(Address) is not { } given)
        {
            return identity.Endpoints.Select(uri => (uri.Host, uri.Port + PortPlan.TcpOffset, IsTls(uri)));
        }

        // A credential goes to the hosts of its own nodes only: another could keep it.
        var whole = Uri.TryCreate($"tcp://{given}", UriKind.Absolute, out var uri) && uri.Port > 0
            ? uri
            : throw new UsageException($"--tcp: {given} is no address like 127.0.0.1:8201");
        return identity.Endpoints.FirstOrDefault(endpoint => endpoint.Host == whole.Host) is { } own
            ? [(whole.Host, whole.Port, IsTls(own))]
            : throw new UsageException($"--tcp: {whole.Host} is not the host of an endpoint; name it with --endpoint");
    }

    private static bool IsTls(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttps;

    /// <summary>Sends what is typed and prints what comes, until either ends.</summary>
    private static async Task<int> TalkAsync(ReplConnection connection, CancellationToken cancellation)
    {
        var isTyped = !Console.IsInputRedirected;
        var printing = PrintAsync(connection, isTyped, cancellation);
        var sending = SendAsync(connection, isTyped, cancellation);
        await Task.WhenAny(printing, sending); // The node may end it while nobody types.
        var isWhole = sending.IsCompletedSuccessfully;
        var wasRefused = await printing;
        if (isWhole || cancellation.IsCancellationRequested)
        {
            return wasRefused ? ExitCodes.Rejected : ExitCodes.Ok;
        }

        Console.Error.WriteLine("rb: the node ended the connection");
        return ExitCodes.Unavailable;
    }

    /// <summary>Sends line after line, and QUIT behind the last.</summary>
    private static async Task SendAsync(ReplConnection connection, bool isTyped, CancellationToken cancellation)
    {
        // Console.In would hold this thread until a line is there, and with it what comes from the node.
        using var input = new StreamReader(Console.OpenStandardInput());
        var lines = new ReplLine();
        Ask(isTyped);
        while (await input.ReadLineAsync(cancellation) is { } typed)
        {
            var word = typed.Trim();
            if (word is "quit" or "QUIT" or "exit")
            {
                break;
            }

            if (word == "help")
            {
                Console.WriteLine(ReplLine.Help);
            }
            else if (lines.Complete(typed) is { } line)
            {
                await connection.SendAsync(line, cancellation);
                continue; // The reply asks for the next one.
            }

            Ask(isTyped);
        }

        await connection.SendAsync("QUIT", cancellation);
    }

    /// <summary>Prints replies and events until the connection ends.</summary>
    /// <returns>Whether a command was refused.</returns>
    private static async Task<bool> PrintAsync(ReplConnection connection, bool isTyped, CancellationToken cancellation)
    {
        var wasRefused = false;
        try
        {
            while (await connection.ReadAsync(cancellation) is { } line)
            {
                Console.WriteLine(line);
                var word = line.Split(' ')[0];
                wasRefused |= word == "ERR";
                Ask(isTyped && word is "OK" or "ERR" or "END" or "PONG");
            }
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine($"rb: {failure.Message}");
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C ends it like quit.
        }

        return wasRefused;
    }

    private static void Ask(bool isTyped)
    {
        if (isTyped)
        {
            Console.Write(Prompt);
        }
    }
}
