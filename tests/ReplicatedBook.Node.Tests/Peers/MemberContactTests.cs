using ReplicatedBook.Node.Peers;
using Xunit;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Contacts are in the log: one form, and nothing else is taken for one.</summary>
public sealed class MemberContactTests
{
    [Fact]
    public void A_contact_has_one_form()
    {
        var contact = MemberContact.Of("node-4.example:8304", "http://node-4.example:8004/")!;
        Assert.Equal("peer=node-4.example:8304;api=http://node-4.example:8004", contact.ToString());
        Assert.Equal(contact, MemberContact.Read(contact.ToString()));
        Assert.Equal(("node-4.example", 8304), (contact.Host, contact.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("peer=a:1")]
    [InlineData("peer=a:1;api=")]
    [InlineData("api=http://a:1;peer=a:1")]
    [InlineData("peer=a:0;api=http://a:1")]
    [InlineData("peer=a:65536;api=http://a:1")]
    [InlineData("peer=a b:1;api=http://a:1")]
    [InlineData("peer=a:1;api=http://a:1/path")]
    [InlineData("peer=a:1;api=http://user@a:1")]
    [InlineData("peer=a:1;api=ftp://a:1")]
    [InlineData("peer=a:1;api=http://a:1\n")]
    [InlineData(null)]
    public void Anything_else_is_none(string? text) => Assert.Null(MemberContact.Read(text));

    [Fact]
    public void A_contact_too_long_for_a_membership_is_none() =>
        Assert.Null(MemberContact.Of($"{new string('a', 500)}:1", "http://a:1"));
}
