namespace ReplicatedBook.Consensus.Tests;

/// <summary>A membership is in the log for ever, so its bytes are held (layout in README.md).</summary>
public sealed class MembershipEncodingTests
{
    private const string Golden = "01" + "03"
        + "026E31" + "01" + "0000" // n1, a voter without contact.
        + "036E3130" + "00" + "0001" + "78" // n10, a learner.
        + "026E32" + "01" + "0005" + "613D623B63"; // n2.

    private static Membership Example => Membership.Of(
    [
        new Member(new NodeId("n2"), IsVoter: true, "a=b;c"), new Member(new NodeId("n10"), IsVoter: false, "x"),
        new Member(new NodeId("n1"), IsVoter: true, ""),
    ]);

    [Fact]
    public void Bytes_are_those_of_version_1()
    {
        Assert.Equal(Golden, Convert.ToHexString(Example.ToBytes()));
        Assert.Equal("0100", Convert.ToHexString(Membership.Empty.ToBytes()));
    }

    [Fact]
    public void Bytes_read_back_to_the_same_members()
    {
        var read = Membership.Read(Convert.FromHexString(Golden));
        Assert.Equal(Example.Members, read!.Members);
        Assert.Equal(2, read.VoterCount);
        Assert.Equal((true, false, false), (
            read.IsVoter(new NodeId("n1")), read.IsVoter(new NodeId("n10")), read.IsVoter(new NodeId("n3"))));
    }

    [Fact]
    public void Largest_membership_reads_back()
    {
        var members = Enumerable.Range(0, Membership.MaxMembers).Select(i => new Member(
            new NodeId($"{i:D2}".PadRight(64, 'x')), i % 2 == 0, new string('~', Membership.MaxContactLength)));
        var largest = Membership.Of(members);
        Assert.Equal(largest.Members, Membership.Read(largest.ToBytes())!.Members);
    }

    [Fact]
    public void Every_shortened_or_lengthened_copy_is_refused()
    {
        var bytes = Convert.FromHexString(Golden);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(Membership.Read(bytes.AsSpan(0, length)));
        }

        Assert.Null(Membership.Read([.. bytes, 0]));
    }

    [Theory]
    [InlineData("0200")] // A version of another time.
    [InlineData("0101" + "00" + "01" + "0000")] // No name.
    [InlineData("0101" + "012F" + "01" + "0000")] // A name that may not be.
    [InlineData("0101" + "0161" + "02" + "0000")] // A flag that means nothing.
    [InlineData("0101" + "0161" + "01" + "00010A")] // A contact that may not be.
    [InlineData("0102" + "0162" + "01" + "0000" + "0161" + "01" + "0000")] // Out of order.
    [InlineData("0102" + "0161" + "01" + "0000" + "0161" + "00" + "0000")] // One name twice.
    public void Other_bytes_are_refused(string hex) => Assert.Null(Membership.Read(Convert.FromHexString(hex)));

    [Fact]
    public void Members_that_may_not_be_are_refused()
    {
        var member = new Member(new NodeId("n1"), IsVoter: true, "");
        Member[][] refused =
        [
            [member, member],
            [member with { Id = new NodeId(new string('n', 65)) }],
            [member with { Id = default }],
            [member with { Contact = new string('x', Membership.MaxContactLength + 1) }],
            [member with { Contact = "zwölf" }],
            [.. Enumerable.Range(0, Membership.MaxMembers + 1).Select(i => member with { Id = new NodeId($"n{i}") })],
        ];
        Assert.All(refused, members => Assert.Throws<ArgumentException>(() => Membership.Of(members)));
    }
}
