using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Rules of users.</summary>
public sealed class UserTests
{
    [Fact]
    public void Bootstrap_makes_one_administrator_and_is_refused_ever_after()
    {
        var venue = new Venue();
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        Assert.False(venue.Exchange.IsBootstrapped);

        var first = venue.Send(new Bootstrap("root", "hash"));
        var second = venue.Send(new Bootstrap("other", "hash"));

        Assert.Equal((1L, "root", Roles.Admin | Roles.User), (
            first.User!.Id.Value, first.User.Username, first.User.Roles));
        Assert.Equal(RejectReason.BootstrapDone, second.Reason);
        Assert.Equal((1L, true), (venue.Exchange.UserCount, venue.Exchange.IsBootstrapped));
        Assert.Equal("hash", venue.Exchange.PasswordHashOf(new UserId(1)));
    }

    [Fact]
    public void Two_bootstraps_at_once_make_one_administrator_whichever_comes_first()
    {
        foreach (var first in new[] { "ann", "bob" })
        {
            var venue = new Venue();
            venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
            var second = first == "ann" ? "bob" : "ann";
            Assert.Equal(RejectReason.None, venue.Send(new Bootstrap(first, "hash"), key: first).Reason);
            Assert.Equal(RejectReason.BootstrapDone, venue.Send(new Bootstrap(second, "hash"), key: second).Reason);
            Assert.Equal(RejectReason.None, venue.Send(new Bootstrap(first, "hash"), key: first).Reason); // A retry.
            Assert.Equal([first], venue.Exchange.Users(default, 9).Select(user => user.Username));
        }
    }

    [Fact]
    public void Bootstrap_takes_a_free_name_where_users_have_registered_before()
    {
        var venue = new Venue();
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        venue.Accept(new CreateUser("alice", "hash", Roles.User, true));

        Assert.Equal(RejectReason.UsernameTaken, venue.Send(new Bootstrap("alice", "hash")).Reason);
        Assert.Equal(2, venue.Accept(new Bootstrap("root", "hash")).User!.Id.Value);
    }

    [Fact]
    public void An_administrator_made_without_bootstrap_bars_it_too()
    {
        var venue = new Venue();
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        venue.Accept(new CreateUser("alice", "hash", Roles.User, false));
        venue.Accept(new UpdateUser(new UserId(1), Roles.Admin, null, 0));

        Assert.Equal(RejectReason.BootstrapDone, venue.Send(new Bootstrap("root", "hash")).Reason);
    }

    [Fact]
    public void An_administrator_who_is_disabled_from_the_start_does_not_bar_bootstrap()
    {
        var venue = new Venue();
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        venue.Accept(new CreateUser("alice", "hash", Roles.User, false));
        venue.Accept(new UpdateUser(new UserId(1), Roles.Admin, true, 0));

        venue.Exchange = Exchange.ReadSnapshot(venue.Snapshot());
        Assert.False(venue.Exchange.IsBootstrapped);
        Assert.Equal(RejectReason.None, venue.Send(new Bootstrap("root", "hash")).Reason);
        Assert.Equal(RejectReason.LastAdmin, venue.Send(new UpdateUser(new UserId(2), null, true, 0)).Reason);
        venue.Accept(new UpdateUser(new UserId(1), null, false, 0));
        venue.Accept(new UpdateUser(new UserId(2), null, true, 0));
    }

    [Fact]
    public void A_new_user_may_get_an_account_of_its_own()
    {
        var venue = Open(accounts: 2);
        var outcome = venue.Accept(new CreateUser("alice", "hash", Roles.User, true), Root);

        Assert.Equal((3L, 3L), (outcome.User!.Id.Value, outcome.UserAccount.Value));
        Assert.Equal([new AccountId(3)], venue.Exchange.AccountsOf(outcome.User.Id));
        Assert.Equal(outcome.User.Id, venue.Exchange.FindAccount(new AccountId(3))!.User);
        Assert.Equal(
            [typeof(UserChanged), typeof(AccountChanged), typeof(AuditRecorded)],
            venue.Events.All.Select(e => e.GetType()));
    }

    [Theory]
    [InlineData("ab", "h", Roles.User, RejectReason.UsernameInvalid)]
    [InlineData("Alice", "h", Roles.User, RejectReason.UsernameInvalid)]
    [InlineData(".alice", "h", Roles.User, RejectReason.UsernameInvalid)]
    [InlineData("al ice", "h", Roles.User, RejectReason.UsernameInvalid)]
    [InlineData("a23456789012345678901234567890123", "h", Roles.User, RejectReason.UsernameInvalid)]
    [InlineData("a2345678901234567890123456789012", "h", Roles.User, RejectReason.None)]
    [InlineData("0.a", "h", Roles.User, RejectReason.None)]
    [InlineData("alice", "", Roles.User, RejectReason.PasswordHashInvalid)]
    [InlineData("alice", "h\n", Roles.User, RejectReason.PasswordHashInvalid)]
    [InlineData("alice", "h", Roles.None, RejectReason.RolesInvalid)]
    [InlineData("alice", "h", (Roles)16, RejectReason.RolesInvalid)]
    [InlineData("user-2", "h", Roles.User, RejectReason.UsernameTaken)]
    public void Creating_a_user_checks_name_hash_and_roles(
        string name, string hash, Roles roles, RejectReason expected)
    {
        var venue = Open();
        var before = (venue.Exchange.UserCount, venue.Exchange.IdentityIndex, venue.Exchange.AccountCount);

        Assert.Equal(expected, venue.Send(new CreateUser(name, hash, roles, true), Root).Reason);

        var after = (venue.Exchange.UserCount, venue.Exchange.IdentityIndex, venue.Exchange.AccountCount);
        Assert.Equal(expected == RejectReason.None, before != after);
    }

    [Fact]
    public void No_more_users_than_the_limit_and_none_whose_account_would_not_fit()
    {
        var venue = Open(accounts: 2, new ExchangeLimits { MaxUsers = 3, MaxAccounts = 2 });
        Assert.Equal(RejectReason.LimitReached, venue.Send(new CreateUser("alice", "h", Roles.User, true)).Reason);
        venue.Accept(new CreateUser("alice", "h", Roles.User, false));
        Assert.Equal(RejectReason.LimitReached, venue.Send(new CreateUser("bob", "h", Roles.User, false)).Reason);
    }

    [Fact]
    public void Other_roles_raise_the_token_version_and_the_same_ones_change_nothing()
    {
        var venue = Open();
        var before = venue.User(2);

        var same = venue.Accept(new UpdateUser(new UserId(2), Roles.User, false, before.Version), Root);
        Assert.Equal(before, same.User);
        Assert.Empty(venue.Events.Of<UserChanged>());

        var changed = venue.Accept(new UpdateUser(new UserId(2), Roles.Auditor, null, before.Version), Root).User!;
        Assert.Equal((Roles.Auditor, 2, venue.Exchange.AppliedIndex), (
            changed.Roles, changed.TokenVersion, changed.Version));
        Assert.Equal(changed.Version, venue.Exchange.IdentityIndex);
    }

    [Fact]
    public void A_change_of_an_older_version_is_refused()
    {
        var venue = Open();
        var version = venue.User(2).Version;
        venue.Accept(new UpdateUser(new UserId(2), Roles.Operator, null, version), Root);

        Assert.Equal(
            RejectReason.VersionMismatch,
            venue.Send(new UpdateUser(new UserId(2), Roles.Auditor, null, version), Root).Reason);
        Assert.Equal(RejectReason.UserNotFound, venue.Send(new UpdateUser(new UserId(9), null, true, 0)).Reason);
        Assert.Equal(
            RejectReason.RolesInvalid, venue.Send(new UpdateUser(new UserId(2), Roles.None, null, 0)).Reason);
    }

    [Fact]
    public void Disabling_ends_tokens_and_sessions_and_enabling_gives_none_back()
    {
        var venue = Open();
        venue.Login(2);
        venue.Login(2);
        venue.Events.Clear();

        var disabled = venue.Accept(new UpdateUser(new UserId(2), null, true, 0), Root).User!;
        Assert.Equal((true, 2), (disabled.IsDisabled, disabled.TokenVersion));
        Assert.Equal(
            [SessionEnd.UserDisabled, SessionEnd.UserDisabled], venue.Events.Of<SessionEnded>().Select(e => e.Reason));
        Assert.Equal(RejectReason.UserDisabled, venue.Login(2).Reason);
        Assert.Equal(RejectReason.UserDisabled, venue.AddKey(2).Reason);

        var enabled = venue.Accept(new UpdateUser(new UserId(2), null, false, 0), Root).User!;
        Assert.Equal((false, 2), (enabled.IsDisabled, enabled.TokenVersion));
        Assert.Empty(venue.Exchange.SessionsOf(new UserId(2)));
    }

    [Fact]
    public void The_last_administrator_who_is_enabled_stays()
    {
        var venue = Open();
        Assert.Equal(
            RejectReason.LastAdmin, venue.Send(new UpdateUser(new UserId(Root), Roles.User, null, 0)).Reason);
        Assert.Equal(RejectReason.LastAdmin, venue.Send(new UpdateUser(new UserId(Root), null, true, 0)).Reason);

        venue.Accept(new UpdateUser(new UserId(2), Roles.Admin, true, 0)); // Disabled: counts for nothing.
        Assert.Equal(RejectReason.LastAdmin, venue.Send(new UpdateUser(new UserId(Root), null, true, 0)).Reason);

        venue.Accept(new UpdateUser(new UserId(2), null, false, 0));
        venue.Accept(new UpdateUser(new UserId(Root), null, true, 0));
        Assert.Equal(
            RejectReason.LastAdmin, venue.Send(new UpdateUser(new UserId(2), Roles.User, null, 0)).Reason);
    }

    [Fact]
    public void Of_two_changes_of_a_password_at_once_one_is_told()
    {
        var venue = Open();
        venue.Login(2);
        var version = venue.User(2).TokenVersion;

        var first = venue.Accept(new SetPassword(new UserId(2), "first", version), user: 2);
        var second = venue.Send(new SetPassword(new UserId(2), "second", version), user: 2);

        Assert.Equal((2, RejectReason.TokenVersionMismatch), (first.User!.TokenVersion, second.Reason));
        Assert.Equal("first", venue.Exchange.PasswordHashOf(new UserId(2)));
        Assert.Empty(venue.Exchange.SessionsOf(new UserId(2)));
        Assert.Equal(RejectReason.None, venue.Send(new SetPassword(new UserId(2), "third", 0), Root).Reason);
        Assert.Equal(RejectReason.UserNotFound, venue.Send(new SetPassword(new UserId(9), "h", 0)).Reason);
        Assert.Equal(RejectReason.PasswordHashInvalid, venue.Send(new SetPassword(new UserId(2), "", 0)).Reason);
    }

    [Fact]
    public void A_stronger_hash_leaves_tokens_and_sessions_alone()
    {
        var venue = Open();
        venue.Login(2);

        var upgraded = venue.Accept(new UpgradePasswordHash(new UserId(2), 1, "stronger"), user: 2).User!;

        Assert.Equal((1, venue.Exchange.AppliedIndex), (upgraded.TokenVersion, upgraded.Version));
        Assert.Equal("stronger", venue.Exchange.PasswordHashOf(new UserId(2)));
        Assert.Single(venue.Exchange.SessionsOf(new UserId(2)));
        Assert.Equal(
            RejectReason.TokenVersionMismatch,
            venue.Send(new UpgradePasswordHash(new UserId(2), 0, "other"), user: 2).Reason);
    }

    [Fact]
    public void Users_are_listed_by_id_and_found_by_name()
    {
        var venue = Open(accounts: 4);

        Assert.Equal([2L, 3L], venue.Exchange.Users(new UserId(1), 2).Select(user => user.Id.Value));
        Assert.Equal(3, venue.Exchange.UserByName("user-3")!.Id.Value);
        Assert.Null(venue.Exchange.UserByName("User-3"));
        Assert.Null(venue.Exchange.UserByName("\u00fcser"));
        Assert.Null(venue.Exchange.UserById(new UserId(0)));
        Assert.Null(venue.Exchange.PasswordHashOf(new UserId(5)));
    }
}
