using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Rules of API keys and signing keys.</summary>
public sealed class KeyTests
{
    private const long Hour = 3_600_000_000;

    [Fact]
    public void An_api_key_shows_all_but_its_secret()
    {
        var venue = Open();
        var key = venue.AddKey(2, Scopes.Trade, expiresAt: 5_000_000, "bot", "10.0.0.0/8", "::1").ApiKey!;

        Assert.Equal((1L, 2L, "bot", Scopes.Trade, 5_000_000L), (
            key.Id.Value, key.User.Value, key.Label, key.Scopes, key.ExpiresAt!.Value.Microseconds));
        Assert.Equal(["10.0.0.0/8", "::1"], key.AllowedAddresses);
        Assert.Equal(Fill(7), venue.Exchange.SecretHashOf(key.Id));
        Assert.Equal(key.Id, venue.Exchange.ApiKeysOf(new UserId(2)).Single().Id);
        Assert.Equal(venue.Exchange.AppliedIndex, venue.Exchange.IdentityIndex);
    }

    [Fact]
    public void A_revoked_key_is_no_more_and_its_number_is_never_given_again()
    {
        var venue = Open(limits: new ExchangeLimits { MaxApiKeysPerUser = 2 });
        venue.AddKey(2);
        venue.AddKey(2);
        Assert.Equal(RejectReason.LimitReached, venue.AddKey(2).Reason);
        Assert.Equal(RejectReason.None, venue.AddKey(3).Reason);

        var revoked = venue.Accept(new RevokeApiKey(new UserId(2), new ApiKeyId(1)), user: 2);
        Assert.Equal(1, revoked.ApiKey!.Id.Value);
        Assert.True(venue.Events.Of<ApiKeyChanged>().Last().IsRevoked);
        Assert.Null(venue.Exchange.ApiKeyById(new ApiKeyId(1)));
        Assert.Null(venue.Exchange.SecretHashOf(new ApiKeyId(1)));
        Assert.Equal(4, venue.AddKey(2).ApiKey!.Id.Value);
        Assert.Equal([2L, 4L], venue.Exchange.ApiKeysOf(new UserId(2)).Select(key => key.Id.Value));
    }

    [Fact]
    public void A_key_of_somebody_else_is_not_found()
    {
        var venue = Open();
        venue.AddKey(2);
        Assert.Equal(
            RejectReason.ApiKeyNotFound, venue.Send(new RevokeApiKey(new UserId(3), new ApiKeyId(1)), user: 3).Reason);
        Assert.Equal(
            RejectReason.ApiKeyNotFound, venue.Send(new RevokeApiKey(new UserId(2), new ApiKeyId(2)), user: 2).Reason);
        Assert.Equal(
            RejectReason.UserNotFound, venue.Send(new RevokeApiKey(new UserId(9), new ApiKeyId(1)), user: 3).Reason);
        Assert.NotNull(venue.Exchange.ApiKeyById(new ApiKeyId(1)));
    }

    [Theory]
    [InlineData(9, "", Scopes.Read, 0, "", RejectReason.UserNotFound)]
    [InlineData(2, "line\nfeed", Scopes.Read, 0, "", RejectReason.TextInvalid)]
    [InlineData(2, "", Scopes.None, 0, "", RejectReason.ScopesInvalid)]
    [InlineData(2, "", (Scopes)4, 0, "", RejectReason.ScopesInvalid)]
    [InlineData(2, "", Scopes.Read, 1_000_000, "", RejectReason.ExpiryNotInFuture)]
    [InlineData(2, "", Scopes.Read, -1, "", RejectReason.ExpiryNotInFuture)]
    [InlineData(2, "", Scopes.Read, 1_000_001, "", RejectReason.None)]
    [InlineData(2, "", Scopes.Read, 0, "example.org", RejectReason.AddressesInvalid)]
    [InlineData(2, "", Scopes.Read, 0, "10.0.0.0/8", RejectReason.None)]
    public void Creating_a_key_checks_what_it_is_told(
        int user, string label, Scopes scopes, long expiresAt, string address, RejectReason expected)
    {
        var venue = Open();
        string[] addresses = address.Length == 0 ? [] : [address];
        Assert.Equal(expected, venue.AddKey(user, scopes, expiresAt, label, addresses).Reason);
    }

    [Fact]
    public void A_key_has_at_most_sixteen_addresses()
    {
        var venue = Open();
        Assert.Equal(
            RejectReason.None, venue.AddKey(2, addresses: [.. Enumerable.Repeat("::1", 16)]).Reason);
        Assert.Equal(
            RejectReason.AddressesInvalid, venue.AddKey(2, addresses: [.. Enumerable.Repeat("::1", 17)]).Reason);
    }

    [Fact]
    public void The_same_signing_key_once_more_changes_nothing_and_another_of_its_name_is_refused()
    {
        var venue = Open();
        var added = venue.Accept(new AddSigningKey("k1", "n1", Fill(1), Fill(2)));
        var index = venue.Exchange.IdentityIndex;
        Assert.Equal(venue.Exchange.AppliedIndex, index);

        Assert.Equal(added.SigningKey, venue.Accept(new AddSigningKey("k1", "n1", Fill(1), Fill(2))).SigningKey);
        Assert.Equal(
            RejectReason.SigningKeyExists, venue.Send(new AddSigningKey("k1", "n1", Fill(1), Fill(3))).Reason);
        Assert.Equal(
            RejectReason.SigningKeyExists, venue.Send(new AddSigningKey("k1", "n2", Fill(1), Fill(2))).Reason);
        Assert.Equal(
            RejectReason.SigningKeyInvalid, venue.Send(new AddSigningKey("k 1", "n1", Fill(1), Fill(2))).Reason);
        Assert.Equal(
            RejectReason.SigningKeyInvalid, venue.Send(new AddSigningKey("k2", "", Fill(1), Fill(2))).Reason);
        Assert.Equal(index, venue.Exchange.IdentityIndex);
    }

    [Fact]
    public void A_retired_signing_key_stays_known_and_retired()
    {
        var venue = Open();
        venue.Accept(new AddSigningKey("k1", "n1", Fill(1), Fill(2)));
        venue.Time += 5;
        var retired = venue.Accept(new RetireSigningKey("k1")).SigningKey!;
        venue.Time += 5;

        Assert.Equal(venue.Time - 5, retired.RetiredAt!.Value.Microseconds);
        Assert.Equal(retired, venue.Accept(new RetireSigningKey("k1")).SigningKey);
        Assert.Equal(retired, venue.Accept(new AddSigningKey("k1", "n1", Fill(1), Fill(2))).SigningKey);
        Assert.Equal([retired], venue.Exchange.SigningKeys);
        Assert.Equal(RejectReason.SigningKeyNotFound, venue.Send(new RetireSigningKey("k2")).Reason);
        Assert.Equal(RejectReason.SigningKeyNotFound, venue.Send(new RetireSigningKey("")).Reason);
    }

    [Fact]
    public void The_key_retired_first_gives_way_once_nothing_it_signed_can_be_in_use()
    {
        var venue = Open(limits: new ExchangeLimits { MaxSigningKeys = 3 });
        venue.Accept(new AddSigningKey("k1", "n1", Fill(1), Fill(2)));
        venue.Accept(new AddSigningKey("k2", "n1", Fill(1), Fill(2)));
        venue.Accept(new AddSigningKey("k3", "n1", Fill(1), Fill(2)));
        Assert.Equal(RejectReason.LimitReached, venue.Send(new AddSigningKey("k4", "n1", Fill(1), Fill(2))).Reason);

        venue.Accept(new RetireSigningKey("k2"));
        venue.Time += 1;
        venue.Accept(new RetireSigningKey("k1"));
        venue.Time += Hour - 2;
        Assert.Equal(RejectReason.LimitReached, venue.Send(new AddSigningKey("k4", "n1", Fill(1), Fill(2))).Reason);
        venue.Time += 1;
        venue.Accept(new AddSigningKey("k4", "n1", Fill(1), Fill(2)));
        Assert.Equal(["k1", "k3", "k4"], venue.Exchange.SigningKeys.Select(key => key.Kid));
    }
}
