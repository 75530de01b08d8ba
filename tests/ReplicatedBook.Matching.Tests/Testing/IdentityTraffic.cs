using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Random commands of users, keys, sessions and transfers, with trading between them; some are wrapped, some
/// are sent twice. All from the seed.</summary>
internal sealed class IdentityTraffic(int seed)
{
    public const int Accounts = 5;
    private const int Names = 30;
    private const int Kids = 9;

    private readonly Random _random = new(seed);
    private readonly Dictionary<long, int> _current = []; // What the next token of a session must present.
    private byte[] _last = [];
    private int _drawn;

    /// <summary>Limits that are reached within a run.</summary>
    public static ExchangeLimits Limits { get; } = new()
    {
        MaxUsers = 25,
        MaxApiKeysPerUser = 4,
        MaxSessionsPerUser = 3,
        MaxSigningKeys = 5,
        MaxAuditRecords = 64,
        MaxClosedOrders = 300,
        MaxTrades = 300,
    };

    /// <summary>A spot market; nobody is a user yet.</summary>
    public static Venue Open()
    {
        var venue = Venue.Trading(Accounts, limits: Limits);
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        return venue;
    }

    /// <summary>The next command, encoded.</summary>
    public byte[] Next(Venue venue)
    {
        if (_random.Next(25) == 0 && _last.Length > 0)
        {
            return _last; // With a key it is a retry.
        }

        var user = _random.Next(Accounts + 1);
        var command = Draw(venue.Exchange, user);
        var key = _random.Next(6) == 0 ? $"k{_random.Next(500)}" : "";
        var deadline = _random.Next(50) == 0 ? venue.Time - 1 : 0;
        _last = _random.Next(3) == 0
            ? venue.Wrapped(command, user, $"10.0.0.{_random.Next(9)}", key, deadline)
            : venue.Bytes(command, user, key, deadline);
        return _last;
    }

    private object Draw(Exchange exchange, int sender)
    {
        var number = ++_drawn;
        var user = new UserId(_random.Next((int)exchange.UserCount + 2));
        var known = exchange.UserById(user);
        return _random.Next(100) switch
        {
            < 2 => new Bootstrap(Name(), $"hash {number}"),
            < 10 => new CreateUser(Name(), $"hash {number}", (Roles)_random.Next(17), _random.Next(9) == 0),
            < 22 => new UpdateUser(
                user, _random.Next(3) == 0 ? null : (Roles)_random.Next(1, 16),
                _random.Next(2) == 0 ? null : _random.Next(3) == 0,
                _random.Next(3) == 0 ? known?.Version ?? 0 : 0),
            < 26 => new SetPassword(user, $"hash {number}", _random.Next(4) == 0 ? 1 : known?.TokenVersion ?? 0),
            < 28 => new UpgradePasswordHash(user, known?.TokenVersion ?? 0, $"hash {number}"),
            < 40 => Login(exchange, user, known?.TokenVersion ?? 0, number),
            < 52 => Refresh(exchange, number),
            < 56 => new EndSessions(user, new SessionId(_random.Next(3) == 0 ? 0 : AnySession(exchange))),
            < 62 => new CreateApiKey(
                user, $"key {number}", (Scopes)_random.Next(4),
                new Timestamp(_random.Next(3) * exchange.Now.Microseconds), ["10.0.0.0/8"], Fill(number % 250)),
            < 67 => new RevokeApiKey(user, AnyKey(exchange, user)),
            < 70 => new AddSigningKey($"kid-{_random.Next(Kids)}", "n1", Fill(1), Fill(_random.Next(2))),
            < 73 => new RetireSigningKey($"kid-{_random.Next(Kids)}"),
            < 78 => new Transfer(
                new AccountId(_random.Next(3) == 0 ? 0 : sender), new AccountId(1 + _random.Next(Accounts)),
                new AssetId(1 + _random.Next(2)), new Amount(_random.Next(1_000))),
            < 80 => new RecordAudit(_random.Next(5) == 0 ? "" : "login", Name(), "::1", "invalid_credentials"),
            < 84 => new Deposit(new AccountId(_random.Next(7)), new AssetId(1), new Amount(_random.Next(500)), ""),
            < 85 => new CreateAccount("more"),
            < 86 => new SetInstrumentStatus(
                new InstrumentId(1), (InstrumentStatus)_random.Next(2), false, 0),
            < 87 => default(Tick),
            _ => Venue.Order(
                sender, (Side)_random.Next(2), 90 + _random.Next(20), 1 + _random.Next(30),
                stp: (SelfTradePrevention)_random.Next(5)),
        };
    }

    private string Name() => $"user-{_random.Next(Names)}";

    private OpenSession Login(Exchange exchange, UserId user, int tokenVersion, int number)
    {
        var lifetime = _random.Next(40) == 0 ? 5 : (long)_random.Next(1, 40) * OpenSession.MinLifetime;
        var next = exchange.Users(default, int.MaxValue).SelectMany(one => exchange.SessionsOf(one.Id))
            .Select(session => session.Id.Value).Append(_current.Keys.Append(0).Max()).Max() + 1;
        _current[next] = number % 250;
        return new OpenSession(user, tokenVersion, Fill(1), Fill(number % 250), lifetime);
    }

    private RotateSession Refresh(Exchange exchange, int number)
    {
        var session = AnySession(exchange);
        var presented = _current.GetValueOrDefault(session);
        _current[session] = number % 250;
        return new RotateSession(
            new SessionId(session), Fill(_random.Next(9) == 0 ? 2 : 1), Fill(presented), Fill(number % 250));
    }

    private long AnySession(Exchange exchange)
    {
        var sessions = exchange.Users(default, int.MaxValue)
            .SelectMany(user => exchange.SessionsOf(user.Id)).ToList();
        return sessions.Count == 0 ? 1 : sessions[_random.Next(sessions.Count)].Id.Value;
    }

    private ApiKeyId AnyKey(Exchange exchange, UserId user)
    {
        var keys = exchange.ApiKeysOf(user);
        return keys.Count == 0 ? new ApiKeyId(_random.Next(9)) : keys[_random.Next(keys.Count)].Id;
    }
}
