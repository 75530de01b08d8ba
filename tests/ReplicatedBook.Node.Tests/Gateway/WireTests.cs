using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>Goal: what nodes tell each other arrives whole or not at all. Method: round trips, then every cut and
/// every changed byte: it is refused or read as something, and nothing throws.</summary>
public sealed class WireTests
{
    private static readonly Digest Some = new(1, 2, 3, ulong.MaxValue);
    private static readonly Digest Other = new(4, 5, 6, 7);

    private static readonly MembershipChange[] Changes =
    [
        new MembershipChange.AddLearner(new NodeId("n4"), "peer=h:1;api=http://h:2"),
        new MembershipChange.Promote(new NodeId("n4")), new MembershipChange.Remove(new NodeId("n4")),
        new MembershipChange.Remove(new NodeId("n4")) { IfFingerprint = 0xFEDC_BA98_7654_3210 },
    ];

    private static readonly Proposal Applied = new(
        ProposalOutcome.Applied, 77, 3, new Timestamp(123_456), Some, new Applied(RejectReason.InsufficientFunds, 70),
        new byte[] { 9, 8, 7 });

    [Fact]
    public void A_forwarded_request_arrives_as_sent()
    {
        var call = new ForwardCall(ProposalWait.Appended, TimeSpan.FromMilliseconds(30_000), new byte[] { 1, 2, 3 });

        var read = ForwardCall.Read(call.ToBytes().Span)!;

        Assert.Equal((call.Wait, call.Timeout), (read.Wait, read.Timeout));
        Assert.Equal(call.Command.ToArray(), read.Command.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_leaders_answer_arrives_as_sent(bool hasFirst)
    {
        var first = new EntryRecord(70, 2, new Timestamp(99), Some, RejectReason.InsufficientFunds);
        var answer = new ForwardAnswer(Applied, hasFirst ? first : null);

        var read = ForwardAnswer.Read(answer.ToBytes().Span)!.Value;

        Assert.Equal(answer.First, read.First);
        Assert.Equal(Applied with { Result = default }, read.Proposal with { Result = default });
        Assert.Equal(Applied.Result.ToArray(), read.Proposal.Result.ToArray());
    }

    [Fact]
    public void Reports_arrive_as_sent()
    {
        var digest = new DigestReport("", 4, Some, Some with { A = 5 });
        var node = new NodeReport(Role.Candidate, 5, 9, 8, Some, true, "1.2.3", 2, 6, Other, 3);

        Assert.Equal(digest, DigestReport.Read(digest.ToBytes().Span));
        Assert.Equal(node, NodeReport.Read(node.ToBytes().Span));
        Assert.Equal(new DigestCall(8, true), DigestCall.Read(new DigestCall(8, true).ToBytes().Span));
        foreach (var change in Changes)
        {
            Assert.Equal(change, MembershipCall.Read(MembershipCall.ToBytes(change).Span));
        }

        var outcome = new MembershipOutcome(MembershipResult.Refused, MembershipRefusal.Changed, 9, 2);
        Assert.Equal(outcome, MembershipCall.ReadAnswer(MembershipCall.ToAnswer(outcome).Span));
        Assert.True(TransferCall.TryRead(TransferCall.ToBytes(new NodeId("n2")).Span, out var target));
        Assert.Equal(new NodeId("n2"), target);
        Assert.True(TransferCall.TryRead(TransferCall.ToBytes(null).Span, out target));
        Assert.Null(target);
        Assert.True(TransferCall.ReadAnswer(TransferCall.ToAnswer(true).Span));
        Assert.False(TransferCall.ReadAnswer(TransferCall.ToAnswer(false).Span));
    }

    [Fact]
    [Trait("FieldReport", "rolling upgrade broken by a new mandatory header")]
    public void A_report_of_an_older_build_has_defaults_and_one_of_a_later_build_has_more()
    {
        var own = new NodeReport(Role.Leader, 5, 9, 8, Some, true, "1.2.3", 2, 6, Other);
        var bytes = own.ToBytes().ToArray();
        byte[] oldest = [0x98, .. bytes[1..^37]];
        byte[] older = [0x9B, .. bytes[1..^1]];
        byte[] later = [0x9D, .. bytes[1..], 0xC0];

        Assert.Equal(
            own with { SupportedLevel = 1, StateHashIndex = 0, StateHash = default }, NodeReport.Read(oldest));
        Assert.Equal(own, NodeReport.Read(older));
        Assert.Equal(own, NodeReport.Read(later));
    }

    [Fact]
    [Trait("FieldReport", "rolling upgrade broken by a new mandatory header")]
    public void Introductions_arrive_as_sent_and_lead_to_the_highest_version_of_both()
    {
        var own = new PeerIntroduction(4, 2, "1.2.3");

        Assert.Equal(own, PeerIntroduction.Read(own.ToBytes().Span));
        Assert.Equal(own, PeerIntroduction.Read([0x94, .. own.ToBytes().Span[1..], 0xC0]));
        Assert.Null(PeerIntroduction.Read([]));
        Assert.Equal(3, own.Negotiate(new PeerIntroduction(3, 1, "")));
        Assert.Equal(4, own.Negotiate(new PeerIntroduction(9, 4, "")));
        Assert.Null(own.Negotiate(new PeerIntroduction(9, 5, "")));
        Assert.Null(own.Negotiate(null)); // A build without introductions speaks version 1.
        Assert.Equal(1, PeerIntroduction.Own.Negotiate(null));
    }

    [Fact]
    public void No_bytes_make_a_reader_throw_and_cut_ones_are_refused()
    {
        byte[][] samples =
        [
            new ForwardCall(ProposalWait.Applied, TimeSpan.FromSeconds(1), new byte[] { 1 }).ToBytes().ToArray(),
            new ForwardAnswer(Applied, null).ToBytes().ToArray(),
            new DigestCall(8, true).ToBytes().ToArray(),
            new DigestReport("", 4, Some, Some).ToBytes().ToArray(),
            new NodeReport(Role.Leader, 5, 9, 8, Some, true, "1.2.3", 2, 6, Some).ToBytes().ToArray(),
            TransferCall.ToBytes(new NodeId("n2")).ToArray(),
            MembershipCall.ToBytes(Changes[0]).ToArray(),
            MembershipCall.ToBytes(Changes[3]).ToArray(),
            MembershipCall.ToAnswer(new MembershipOutcome(MembershipResult.Done, Index: 9, Term: 2)).ToArray(),
        ];
        foreach (var sample in samples)
        {
            for (var length = 0; length < sample.Length; length++)
            {
                Assert.False(IsRead(sample.AsSpan(0, length)));
                for (var value = 0; value < 256; value++)
                {
                    var changed = (byte[])sample.Clone();
                    changed[length] = (byte)value;
                    _ = IsRead(changed);
                }
            }

            Assert.True(IsRead(sample));
        }
    }

    private static bool IsRead(ReadOnlySpan<byte> bytes) =>
        (ForwardCall.Read(bytes) is not null)
        | (ForwardAnswer.Read(bytes) is not null)
        | (DigestCall.Read(bytes) is not null)
        | (DigestReport.Read(bytes) is not null)
        | (NodeReport.Read(bytes) is not null)
        | (MembershipCall.Read(bytes) is not null)
        | (MembershipCall.ReadAnswer(bytes) is not null)
        | TransferCall.TryRead(bytes, out _);
}
