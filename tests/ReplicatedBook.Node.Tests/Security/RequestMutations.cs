using System.Text;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Draws requests for all routes of the table, and damages most of them. All from one source of draws, so that
/// a seed gives the same requests again.</summary>
internal sealed class RequestMutations(Random draws)
{
    private static readonly string[] Texts =
    [
        "", "0", "-1", "1", "1e9", "0.0000000000001", "9223372036854775808", "999999999999999999999999", "NaN", "null",
        "\\u0000", "\\ud800", "\\\"", "a1", "a2", "a3", "u1", "USD", "EUR", "BTC-USD", "b1", "b1:1", "YES", "e1",
        "'; DROP TABLE users;--", "<script>", "../../etc/passwd", "\u001b[31m", "buy", "back", "limit", "market", "gtc",
        "open", "closed", "2026-11-22T00:00:00Z", "9999-12-31T23:59:59.999999Z", "10.00", "2.00", "1.01",
    ];

    private static readonly string[] Segments =
    [
        "a1", "a2", "a99", "1", "2", "3", "99999999999", "-1", "0", "BTC-USD", "b1", "b2", "e1", "e2", "n1", "n9", "k",
        "1-1", "%00", "%2e%2e", "..%2f..", "%C3%28", "a%20b", "x'y", "%0d%0aRb-Index:1", ";", "*", "b1:1",
    ];

    private static readonly string[] Queries =
    [
        "limit=5", "limit=0", "limit=99999999999999999999", "order=asc", "cursor=!", "cursor=AAAA", "consistency=weak",
        "at_index=1", "at_index=0", "at_index=-5", "part=orders", "part=users", "account_id=a1", "account_id=%00",
        "instrument=BTC-USD", "side=buy", "type=runner", "from_index=1", "q=%27", "state_hash=true", "depth=5",
        "level=3",
        "user_id=u1", "action=deposit", "receipt=signed", "redirect=true", "x", "=", "&&", "limit=1&limit=2", "%",
    ];

    private static readonly Dictionary<string, string[]> Bodies = new()
    {
        ["/v1/accounts"] = ["{}", """{"label":"x"}"""],
        ["/v1/assets"] = ["""{"asset":"X#","scale":2}"""],
        ["/v1/instruments"] =
        [
            """
            {"symbol":"I#","type":"spot","base":"BTC","quote":"USD","tick_size":"0.01","lot_size":"0.0001",
             "maker_fee_bps":0,"taker_fee_bps":5,"min_notional":"1.00"}
            """,
        ],
        ["/v1/events"] =
        [
            """
            {"event_id":"e#","title":"t","collateral":"USD","outcomes":[{"id":"YES"},{"id":"NO"}],"tick_size":"0.01"}
            """,
        ],
        ["/v1/betting/markets"] =
        [
            """
            {"name":"M#","book_type":"two_runner","in_play_capable":true,"currency":"EUR",
             "runners":[{"runner_id":"1","name":"A"},{"runner_id":"2","name":"B"}]}
            """,
        ],
        ["/v1/orders/batch"] =
        [
            """
            {"orders":[{"account_id":"a1","instrument":"BTC-USD","side":"sell","type":"limit","price":"9.00",
             "quantity":"0.1"},{"account_id":"a2","instrument":"BTC-USD","side":"buy","type":"limit","price":"8.00",
             "quantity":"0.1"}],"atomic":false}
            """,
        ],
        ["deposits"] = ["""{"asset":"USD","amount":"5.00","reference":"r"}"""],
        ["withdrawals"] = ["""{"asset":"USD","amount":"1.00"}"""],
        ["cancel_after"] = ["""{"timeout_ms":0}"""],
        ["split"] = ["""{"account_id":"a1","quantity":"10"}"""],
        ["merge"] = ["""{"account_id":"a1","quantity":"1"}"""],
        ["resolve"] = ["""{"outcome":"YES"}""", """{"payouts":{"YES":"0.5","NO":"0.5"}}"""],
        ["status"] = ["""{"status":"open"}""", """{"status":"active"}"""],
        ["state"] = ["""{"state":"open"}""", """{"state":"suspended","lapse_orders":true}"""],
        ["phase"] = ["""{"phase":"awaiting_live"}"""],
        ["runners"] = ["""{"runners":[{"runner_id":"7","name":"Late"}]}"""],
        ["settle"] = ["""{"winners":["1"]}"""],
        ["void"] = ["""{"since":"2026-01-01T00:00:00Z"}""", "{}"],
        ["cancel"] = ["""{"account_id":"a1"}"""],
        ["reduce"] = ["""{"reduction":"1.00"}"""],
        ["members"] = ["""{"node_id":"n9","peer":"127.0.0.1:1","api":"http://127.0.0.1:2"}"""],
        ["leader"] = ["""{"node_id":"n1"}"""],
        ["{order_id}"] = ["""{"price":"9.50"}""", """{"quantity":"0.2","expected_remaining":"0.1"}"""],
        ["{symbol}"] = ["""{"maker_fee_bps":1,"taker_fee_bps":2}"""],
        ["{event_id}"] = ["""{"title":"u"}"""],
        ["order"] =
        [
            """
            {"account_id":"a1","client_order_id":"c#","instrument":"BTC-USD","side":"buy","type":"limit",
             "price":"10.00","quantity":"0.5","time_in_force":"gtc","post_only":false,"stp":"cancel_taker"}
            """,
            """
            {"account_id":"a2","instrument":"BTC-USD","side":"sell","type":"limit","price":"10.00","quantity":"0.5"}
            """,
            """{"account_id":"a1","instrument":"b1:1","side":"back","type":"limit","price":"2.00","quantity":"5"}""",
            """{"account_id":"a2","instrument":"b1:1","side":"lay","type":"limit","price":"2.00","quantity":"5"}""",
            """{"account_id":"a1","instrument":"BTC-USD","side":"buy","type":"market","quote_quantity":"5.00"}""",
        ],
    };

    private int _number;

    /// <summary>The next request; one in eight is as it should be.</summary>
    public MutatedRequest Next()
    {
        var route = Of(AccessTable.Rows).Route.Split(' ');
        var (method, pattern) = (route[0], route[1]);
        var isWhole = draws.Next(8) == 0;
        var path = string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? Part(part) : part));
        var body = method is "POST" or "PUT" or "PATCH" ? BodyOf(pattern) : null;
        List<(string Name, string Value)> headers = [.. Credential()];
        if (isWhole)
        {
            return new MutatedRequest(method, path, Bytes(body), "application/json", headers);
        }

        var type = draws.Next(20) == 0
            ? Of("text/plain", "application/x-msgpack", "application/json; charset=latin1", "")
            : "application/json";
        method = draws.Next(30) == 0 ? Of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW") : method;
        path += draws.Next(3) == 0
            ? "?" + string.Join('&', Enumerable.Range(0, draws.Next(1, 4)).Select(_ => Of(Queries)))
            : "";
        if (draws.Next(6) == 0)
        {
            headers.Add(("Idempotency-Key", Of("k", "", "a b", new string('x', 65), $"key{draws.Next(50)}")));
        }

        if (draws.Next(10) == 0)
        {
            headers.Add(("If-Match", Of("\"1\"", "*", "1", "\"x\"", "W/\"1\"")));
        }

        var bytes = method is "GET" or "OPTIONS" ? null : Damaged(body ?? (draws.Next(4) == 0 ? "{}" : null));
        return new MutatedRequest(method, path, bytes, type, headers);
    }

    private IEnumerable<(string Name, string Value)> Credential() => draws.Next(10) switch
    {
        < 6 => [GuardedNode.Admin],
        < 8 => [GuardedNode.Alice],
        8 => [Of(GuardedNode.Auditor, GuardedNode.Bob)],
        _ => draws.Next(2) == 0 ? [] : [("Authorization", "Bearer expired")],
    };

    private string Part(string name) => draws.Next(3) == 0 ? Of(Segments) : name switch
    {
        "{account_id}" => Of("a1", "a2"),
        "{symbol}" => "BTC-USD",
        "{event_id}" => $"e{draws.Next(1 + _number)}",
        "{market_id}" => Of("b1", $"e{draws.Next(1 + _number)}"),
        "{node_id}" => Of("n1", "n9"),
        "{documentName}" => "v1",
        _ => draws.Next(1, 200).ToString(),
    };

    private string BodyOf(string pattern)
    {
        var last = pattern.Split('/')[^1];
        var bodies = Bodies.GetValueOrDefault(pattern) ?? Bodies.GetValueOrDefault(last) ?? Bodies["order"];
        return Of(bodies).Replace("#", (++_number).ToString());
    }

    private byte[]? Damaged(string? body)
    {
        if (body is null)
        {
            return null;
        }

        for (var times = draws.Next(3); times >= 0; times--)
        {
            body = draws.Next(5) switch
            {
                0 => body[..draws.Next(body.Length + 1)],
                1 => Replaced(body, '"'),
                2 => body.Insert(draws.Next(body.Length + 1), Of(",", "{", "}", "[", "]", "\"", ":", "0", " ", "\\")),
                3 => body.Replace(Of("true", "\"1", "false", "\"a1\"", ":\""), Of("null", "[]", "{}", "1", "\"", ":")),
                _ => body,
            };
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        for (var flips = draws.Next(3); flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[draws.Next(bytes.Length)] ^= (byte)(1 << draws.Next(8));
        }

        return bytes;
    }

    /// <summary>With another text between two quotation marks.</summary>
    private string Replaced(string body, char mark)
    {
        var start = body.IndexOf(mark, draws.Next(body.Length + 1));
        var end = start < 0 ? -1 : body.IndexOf(mark, start + 1);
        return end < 0 ? body : body[..(start + 1)] + Of(Texts) + body[end..];
    }

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private T Of<T>(params IReadOnlyList<T> some) => some[draws.Next(some.Count)];
}
