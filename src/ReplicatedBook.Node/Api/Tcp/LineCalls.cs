using System.Buffers;
using System.Text;
using System.Text.Json;
using ReplicatedBook.Node.Api.InProcess;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Commands as requests of the HTTP interface.</summary>
internal static class LineCalls
{
    /// <summary>Who asks. Without waiting for a leader: a node that is cut off still serves reads.</summary>
    public static RouteCall Me { get; } = new("GET", "/v1/me?consistency=weak");

    /// <summary>The request of a command that is one.</summary>
    public static RouteCall Of(LineCommand command) => command.Verb switch
    {
        LineVerb.New => Post("/v1/orders", json => WriteOrder(json, command)),
        LineVerb.Modify => Amend(command),
        LineVerb.Cancel => new RouteCall("DELETE", OrderPath(command) + Query(command, Account)),
        LineVerb.CancelAll => new RouteCall("DELETE", "/v1/orders" + CancelAllQuery(command)),
        LineVerb.Order => new RouteCall("GET", OrderPath(command) + Query(command, [Account, .. Reading])),
        LineVerb.Snapshot => new RouteCall(
            "GET",
            $"/v1/instruments/{command.Fields[0]}/book{Query(command, [Plain("depth"), Plain("level"), .. Reading])}"),
        LineVerb.Credit => Post($"/v1/accounts/{command.Fields[0]}/deposits", json => WriteAmount(json, command)),
        LineVerb.Balance => new RouteCall(
            "GET", $"/v1/accounts/{command.Fields[0]}/balances{Query(command, Reading)}"),
        LineVerb.Status => Me,
        _ => throw new ArgumentException($"{command.Verb} is no request", nameof(command)),
    };

    /// <summary>The book of bets that a SNAPSHOT may mean; null for none. It has no levels but the second.</summary>
    public static RouteCall? BetsOf(LineCommand command) =>
        command.Verb == LineVerb.Snapshot && IdText.ToRunnerSymbol(command.Fields[0]) is { } symbol
            ? new RouteCall(
                "GET",
                $"/v1/betting/markets/{IdText.Of(symbol.Market)}/book"
                    + (command.Option("level") is null or "2"
                        ? Query(command, [Plain("depth"), .. Reading])
                        : Query(command, [Plain("depth"), Plain("level"), .. Reading])))
            : null;

    /// <summary>Orders that were sent one behind the other, as one request that keeps their order.</summary>
    public static RouteCall Of(IReadOnlyList<LineCommand> orders) => Post("/v1/orders/batch", json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("orders");
        foreach (var order in orders)
        {
            WriteOrder(json, order);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>A page of the feed.</summary>
    /// <param name="from">First index.</param>
    /// <param name="symbol">Only what concerns this instrument or market; null for all.</param>
    /// <param name="limit">Items after which the page ends with its entry.</param>
    public static RouteCall Feed(string from, string? symbol, int limit) => new(
        "GET",
        $"/v1/feed?from_index={Uri.EscapeDataString(from)}&limit={limit}"
            + (symbol is null ? "" : $"&instrument={Uri.EscapeDataString(symbol)}"));

    private static (string Key, string Parameter) Account => ("account", "account_id");

    private static (string Key, string Parameter)[] Reading => [.. LineGrammar.ReadOptions.Select(Plain)];

    private static (string Key, string Parameter) Plain(string key) => (key, key);

    private static RouteCall Post(string path, Action<Utf8JsonWriter> write) => new("POST", path)
    {
        Body = Json(write),
    };

    private static RouteCall Amend(LineCommand command)
    {
        var (order, price, quantity) = (command.Fields[0], command.Fields[1], command.Fields[2]);
        return new RouteCall("PATCH", $"/v1/orders/{order}")
        {
            Body = Json(json =>
            {
                json.WriteStartObject();
                WriteUnlessNone(json, "price", price);
                WriteUnlessNone(json, "quantity", quantity);
                json.WriteEndObject();
            }),
        };
    }

    private static void WriteOrder(Utf8JsonWriter json, LineCommand command)
    {
        var type = command.Fields[2];
        var isMarket = type == "market";
        json.WriteStartObject();
        json.WriteString("instrument", command.Fields[0]);
        json.WriteString("side", command.Fields[1]);
        json.WriteString("type", isMarket ? type : "limit");
        WriteUnlessNone(json, isMarket ? "protection_price" : "price", command.Fields[3]);
        WriteUnlessNone(json, "quantity", command.Fields[4]);
        if (type is "ioc" or "fok")
        {
            json.WriteString("time_in_force", type);
        }
        else if (type == "post")
        {
            json.WriteBoolean("post_only", true);
        }

        WriteOption(json, command, "account", "account_id");
        WriteOption(json, command, "cid", "client_order_id");
        WriteOption(json, command, "stp", "stp");
        json.WriteEndObject();
    }

    private static void WriteAmount(Utf8JsonWriter json, LineCommand command)
    {
        json.WriteStartObject();
        json.WriteString("asset", command.Fields[1]);
        json.WriteString("amount", command.Fields[2]);
        json.WriteEndObject();
    }

    private static void WriteOption(Utf8JsonWriter json, LineCommand command, string key, string field)
    {
        if (command.Option(key) is { } value)
        {
            json.WriteString(field, value);
        }
    }

    private static void WriteUnlessNone(Utf8JsonWriter json, string field, string value)
    {
        if (value != LineGrammar.None)
        {
            json.WriteString(field, value);
        }
    }

    private static string OrderPath(LineCommand command)
    {
        const string Prefix = LineGrammar.ClientOrderIdPrefix;
        var name = command.Fields[0];
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            ? $"/v1/orders/by_client_id/{Uri.EscapeDataString(name[Prefix.Length..])}"
            : $"/v1/orders/{name}";
    }

    private static string CancelAllQuery(LineCommand command)
    {
        var query = Query(command, Account);
        return command.Fields is not [{ } symbol] ? query
            : $"{query}{(query.Length == 0 ? '?' : '&')}instrument={Uri.EscapeDataString(symbol)}";
    }

    private static string Query(LineCommand command, params (string Key, string Parameter)[] parameters)
    {
        var query = new StringBuilder();
        foreach (var (key, parameter) in parameters)
        {
            if (command.Option(key) is { } value)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(parameter).Append('=')
                    .Append(Uri.EscapeDataString(value));
            }
        }

        return query.ToString();
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }
}
