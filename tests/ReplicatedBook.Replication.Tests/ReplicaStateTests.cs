using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using Xunit;

namespace ReplicatedBook.Replication.Tests;

/// <summary>What is before the exchange in a snapshot; of both versions that may lie on a disk.</summary>
public sealed class ReplicaStateTests
{
    private static readonly string ZeroDigest = "C420" + new string('0', 64);

    private static Membership Members => Membership.Of([new Member(new NodeId("n1"), IsVoter: true, "x")]);

    [Fact]
    public void Version_2_begins_with_the_position_the_digest_and_the_members()
    {
        var bytes = Write(new ReplicaState(default, default, new Exchange(new ExchangeLimits()), Members));

        var head = "95" + "02" + "00" + "00" + ZeroDigest + "C409" + "0101026E310100" + "0178";
        Assert.StartsWith(head, Convert.ToHexString(bytes), StringComparison.Ordinal);
        var read = ReplicaState.Read(bytes);
        Assert.Equal(Members.Members, read.Membership!.Members);
        Assert.Equal(bytes, Write(read));
    }

    [Fact]
    public void Version_1_is_still_read_and_says_nothing_of_members()
    {
        var exchange = new ArrayBufferWriter<byte>();
        new Exchange(new ExchangeLimits()).WriteSnapshot(exchange);
        byte[] old = [.. Convert.FromHexString("94" + "01" + "00" + "00" + ZeroDigest), .. exchange.WrittenSpan];

        var read = ReplicaState.Read(old);

        Assert.Null(read.Membership);
        Assert.Equal(default, read.Mark);
    }

    [Theory]
    [InlineData("95" + "01")]
    [InlineData("94" + "02")]
    [InlineData("95" + "03")]
    public void Other_versions_are_refused(string head) => Assert.Throws<FormatException>(
        () => ReplicaState.Read(Convert.FromHexString(head + "00" + "00" + ZeroDigest + "C400")));

    private static byte[] Write(ReplicaState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        state.Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
