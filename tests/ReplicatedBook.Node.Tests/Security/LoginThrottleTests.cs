using System.Collections;
using System.Net;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Rates;
using ReplicatedBook.Node.Tests.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: few guesses of a password. Method: attempts by a clock of the test's, with the limits as they come:
/// 5 of a name and 20 from an address in 5 minutes.</summary>
public sealed class LoginThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress There = IPAddress.Parse("192.0.2.2");

    private readonly ManualTime _time = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = Throttle();

    [Fact]
    public void The_sixth_failure_of_a_name_has_to_wait_until_the_first_is_five_minutes_old_from_any_address()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("alice", i % 2 == 0 ? Here : There));
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(TimeSpan.FromSeconds(250), _throttle.Begin("alice", There));
        Assert.Equal(TimeSpan.Zero, _throttle.Begin("bob", There));
        _time.Advance(TimeSpan.FromSeconds(250));
        Assert.Equal(TimeSpan.Zero, _throttle.Begin("alice", There));
        Assert.Equal(TimeSpan.FromSeconds(10), _throttle.Begin("alice", There));
    }

    [Fact]
    public void The_twenty_first_failure_of_an_address_has_to_wait_whatever_the_names()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(TimeSpan.Zero, _throttle.Begin($"user{i}", Here));
        }

        Assert.Equal(TimeSpan.FromMinutes(5), _throttle.Begin("another", Here));
        Assert.Equal(TimeSpan.Zero, _throttle.Begin("another", There));
    }

    [Fact]
    public void A_success_does_not_count_and_a_refused_attempt_does_not_either()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.Zero, _throttle.Begin("alice", Here));
            _throttle.TakeBack("alice", Here);
        }

        for (var i = 0; i < 50; i++)
        {
            _throttle.Begin("alice", Here);
        }

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.Zero, _throttle.Begin("alice", Here));
    }

    [Fact]
    public void Attempts_at_once_are_not_more_than_one_after_another()
    {
        var begun = 0;

        Parallel.For(0, 200, _ =>
            Interlocked.Add(ref begun, _throttle.Begin("alice", null) == TimeSpan.Zero ? 1 : 0));

        Assert.Equal(5, begun);
    }

    [Fact]
    public void Of_more_names_than_fit_the_one_that_tried_longest_ago_is_forgotten()
    {
        var log = new AttemptLog<int>(quota: 1, window: 1_000, maxSources: 3);
        for (var source = 1; source <= 4; source++)
        {
            log.Add(source, source);
        }

        Assert.Equal(3, log.Count);
        Assert.Equal([0, 997, 998, 999], Enumerable.Range(1, 4).Select(source => log.WaitOf(source, 5)));
        log.Add(9, 2_000);
        Assert.Equal(1, log.Count);
    }

    private LoginThrottle Throttle()
    {
        var configuration = NodeConfiguration.Read(
            [
                "--Cluster:Id=c", "--Node:Id=n1", "--Node:DataDirectory=unused", "--Cluster:Members:0:NodeId=n1",
                "--Cluster:Members:0:Peer=127.0.0.1:1", "--Cluster:Members:0:Api=http://127.0.0.1:1",
            ],
            new Hashtable());
        return new LoginThrottle(NodeHost.ReadSettings(configuration), _time);
    }
}
