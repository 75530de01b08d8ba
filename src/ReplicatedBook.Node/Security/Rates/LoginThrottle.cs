using System.Net;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Security.Rates;

/// <summary>Bounds how often passwords can be guessed on this node: failed logins of one user name, and from one
/// address, within a window (API.md 10). Safe from any thread.</summary>
/// <remarks>An attempt counts from its beginning, so that many at once are not more than the limit; one that was no
/// wrong guess is taken back. Names of nobody count like others, so a refusal does not tell whether there is a
/// user.</remarks>
internal sealed class LoginThrottle
{
    /// <summary>The limit's name, as clients know it.</summary>
    public const string Policy = "login";

    private static readonly IPAddress NoAddress = IPAddress.None;

    private readonly Lock _gate = new();
    private readonly AttemptLog<string> _users;
    private readonly AttemptLog<IPAddress> _addresses;
    private readonly TimeProvider _time;

    public LoginThrottle(NodeSettings settings, TimeProvider time)
    {
        var rates = settings.Rates;
        _users = new AttemptLog<string>(rates.FailedLoginsOfUser, rates.LoginWindow.Ticks, rates.MaxSources);
        _addresses = new AttemptLog<IPAddress>(rates.FailedLoginsOfAddress, rates.LoginWindow.Ticks, rates.MaxSources);
        _time = time;
    }

    /// <summary>Begins an attempt.</summary>
    /// <param name="username">As it will be looked up.</param>
    /// <param name="address">Where it comes from.</param>
    /// <returns>How long to wait first; zero when the attempt has begun.</returns>
    public TimeSpan Begin(string username, IPAddress? address)
    {
        var source = RateSource.Network(address) ?? NoAddress;
        lock (_gate)
        {
            var now = _time.GetElapsedTime(0).Ticks;
            var wait = Math.Max(_users.WaitOf(username, now), _addresses.WaitOf(source, now));
            if (wait == 0)
            {
                _users.Add(username, now);
                _addresses.Add(source, now);
            }

            return TimeSpan.FromTicks(wait);
        }
    }

    /// <summary>An attempt does not count: it succeeded, or could not be judged.</summary>
    /// <param name="username">As when it began.</param>
    /// <param name="address">As when it began.</param>
    public void TakeBack(string username, IPAddress? address)
    {
        lock (_gate)
        {
            _users.TakeBack(username);
            _addresses.TakeBack(RateSource.Network(address) ?? NoAddress);
        }
    }
}
