using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Rules of sessions: one refresh token of each is good at a time, and whoever comes with an older one ends
/// it.</summary>
public sealed class SessionTests
{
    [Fact]
    public void A_token_is_good_once_and_its_successor_after_it()
    {
        var venue = Open();
        var opened = venue.Login(2, current: 10).Session!;

        Assert.Equal((1L, 2L, venue.Time + Lifetime), (
            opened.Id.Value, opened.User.Value, opened.ExpiresAt.Microseconds));
        Assert.Equal(opened, venue.Refresh(1, presented: 10, next: 11).Session);
        Assert.Equal(RejectReason.None, venue.Refresh(1, presented: 11, next: 12).Reason);
    }

    [Fact]
    public void A_token_that_is_used_up_ends_its_session_and_no_other()
    {
        var venue = Open();
        venue.Login(2, current: 10);
        venue.Login(2, current: 20);
        venue.Refresh(1, presented: 10, next: 11);
        venue.Events.Clear();

        Assert.Equal(RejectReason.RefreshReused, venue.Refresh(1, presented: 10, next: 12).Reason);
        Assert.Equal(
            new SessionEnded(new SessionId(1), new UserId(2), SessionEnd.RefreshReused),
            venue.Events.Of<SessionEnded>().Single());
        Assert.Equal(RejectReason.RefreshInvalid, venue.Refresh(1, presented: 11, next: 12).Reason);
        Assert.Equal([new SessionId(2)], venue.Exchange.SessionsOf(new UserId(2)).Select(session => session.Id));
    }

    [Fact]
    public void A_token_with_another_root_secret_changes_nothing()
    {
        var venue = Open();
        venue.Login(2, root: 1, current: 10);

        Assert.Equal(RejectReason.RefreshInvalid, venue.Refresh(1, presented: 10, next: 11, root: 2).Reason);
        Assert.Equal(RejectReason.RefreshInvalid, venue.Refresh(1, presented: 99, next: 11, root: 2).Reason);
        Assert.Equal(RejectReason.RefreshInvalid, venue.Refresh(2, presented: 10, next: 11).Reason);
        Assert.Equal(RejectReason.None, venue.Refresh(1, presented: 10, next: 11).Reason);
    }

    [Fact]
    public void A_session_ends_by_cluster_time()
    {
        var venue = Open();
        var opened = venue.Login(2, current: 10).Session!;

        venue.Time = opened.ExpiresAt.Microseconds - 1;
        Assert.Equal(RejectReason.None, venue.Refresh(1, presented: 10, next: 11).Reason);
        venue.Time++;
        Assert.Equal(RejectReason.RefreshInvalid, venue.Refresh(1, presented: 11, next: 12).Reason);
        Assert.Null(venue.Exchange.SessionById(opened.Id));
        Assert.Equal(
            RejectReason.SessionNotFound, venue.Send(new EndSessions(new UserId(2), opened.Id), user: 2).Reason);
        Assert.Null(venue.Exchange.NextDue); // Nothing is written to the log for it.
    }

    [Fact]
    public void A_login_takes_out_what_has_ended_whose_ever_it_was()
    {
        var venue = Open();
        for (var i = 0; i < 5; i++)
        {
            venue.Login(3, lifetime: OpenSession.MinLifetime);
        }

        venue.Time += OpenSession.MinLifetime;
        venue.Events.Clear();
        venue.Login(2);

        Assert.Equal([1L, 2L, 3L, 4L], venue.Events.Of<SessionEnded>().Select(e => e.Session.Value));
        Assert.All(venue.Events.Of<SessionEnded>(), e => Assert.Equal(SessionEnd.Expired, e.Reason));
        venue.Events.Clear();
        venue.Login(2);
        Assert.Equal([5L], venue.Events.Of<SessionEnded>().Select(e => e.Session.Value));
    }

    [Fact]
    public void The_oldest_session_of_a_user_gives_way_to_a_new_one()
    {
        var venue = Open(limits: new ExchangeLimits { MaxSessionsPerUser = 2 });
        venue.Login(3);
        venue.Login(2);
        venue.Login(2);
        venue.Login(2);

        Assert.Equal(
            new SessionEnded(new SessionId(2), new UserId(2), SessionEnd.Displaced),
            venue.Events.Of<SessionEnded>().Single());
        Assert.Equal([3L, 4L], venue.Exchange.SessionsOf(new UserId(2)).Select(session => session.Id.Value));
        Assert.Single(venue.Exchange.SessionsOf(new UserId(3)));
    }

    [Fact]
    public void Logging_out_ends_one_session_or_all_of_them_and_the_access_tokens()
    {
        var venue = Open();
        venue.Login(2);
        venue.Login(2);
        venue.Login(2);
        Assert.NotEqual(venue.Exchange.AppliedIndex, venue.Exchange.IdentityIndex);

        Assert.Equal(1, venue.Accept(new EndSessions(new UserId(2), new SessionId(2)), user: 2).SessionsEnded);
        Assert.Equal((venue.Exchange.AppliedIndex, 1), (venue.Exchange.IdentityIndex, venue.User(2).TokenVersion));
        Assert.Equal(
            RejectReason.SessionNotFound,
            venue.Send(new EndSessions(new UserId(3), new SessionId(1)), user: 3).Reason);

        Assert.Equal(2, venue.Accept(new EndSessions(new UserId(2), default), user: 2).SessionsEnded);
        Assert.Equal((venue.Exchange.AppliedIndex, 2), (venue.Exchange.IdentityIndex, venue.User(2).TokenVersion));
        Assert.Equal(RejectReason.UserNotFound, venue.Send(new EndSessions(new UserId(9), default)).Reason);
    }

    [Theory]
    [InlineData(9, 1, Lifetime, RejectReason.UserNotFound)]
    [InlineData(2, 2, Lifetime, RejectReason.TokenVersionMismatch)]
    [InlineData(2, 1, OpenSession.MinLifetime - 1, RejectReason.LifetimeOutOfRange)]
    [InlineData(2, 1, OpenSession.MinLifetime, RejectReason.None)]
    [InlineData(2, 1, OpenSession.MaxLifetime, RejectReason.None)]
    [InlineData(2, 1, OpenSession.MaxLifetime + 1, RejectReason.LifetimeOutOfRange)]
    public void Opening_checks_user_token_version_and_lifetime(
        int user, int tokenVersion, long lifetime, RejectReason expected)
    {
        var venue = Open();
        Assert.Equal(
            expected,
            venue.Send(new OpenSession(new UserId(user), tokenVersion, Fill(1), Fill(2), lifetime)).Reason);
    }
}
