using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Unavailable;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: a member that differs is found, with the index since which it does, and nothing is claimed that was
/// not seen. Method: peers that answer calls for digests as the test says, asked over HTTP.</summary>
public sealed class DivergenceTests : ScriptedNodeTests
{
    private const long Head = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(39)]
    [InlineData(40)]
    public async Task A_member_that_differs_is_named_with_the_first_index_at_which_it_does(long since)
    {
        Answer(differingSince: since);

        var answer = await CompareAsync();

        Assert.False(answer.At("consistent").GetBoolean());
        Assert.Equal((Head, since), (answer.At("index").GetInt64(), answer.At("first_divergence").GetInt64()));
        Assert.Equal(
            [("n1", Own(Head)), ("n2", Own(Head)), ("n3", Other(Head))],
            answer.At("nodes").EnumerateArray().Select(node =>
                (node.GetProperty("node_id").GetString()!, node.GetProperty("digest").GetString()!)));
    }

    [Fact]
    public async Task Before_the_first_difference_the_members_agree()
    {
        Answer(differingSince: 17);

        var answer = await CompareAsync("at_index=16");

        Assert.True(answer.At("consistent").GetBoolean());
        Assert.False(answer.Json.TryGetProperty("first_divergence", out _));
    }

    [Fact]
    public async Task A_difference_older_than_what_is_kept_is_not_given_an_index()
    {
        Node.Reader.OldestRecord = 20;
        Answer(differingSince: 5);

        ExpectDifferenceWithoutIndex(await CompareAsync());
    }

    [Fact]
    public async Task A_member_that_no_longer_holds_its_digests_does_not_count_as_agreeing()
    {
        Answer(differingSince: 5, keptSince: 30);

        ExpectDifferenceWithoutIndex(await CompareAsync());
    }

    [Fact]
    public async Task Equal_digests_and_states_are_consistent()
    {
        Answer(differingSince: long.MaxValue);

        Assert.True((await CompareAsync("state_hash=true")).At("consistent").GetBoolean());
    }

    [Fact]
    public async Task A_state_that_differs_below_equal_digests_is_not_given_an_index()
    {
        Answer(differingSince: long.MaxValue, stateDiffers: true);

        ExpectDifferenceWithoutIndex(await CompareAsync("state_hash=true"));
    }

    [Fact]
    public async Task A_member_that_never_answers_takes_no_time_from_the_others()
    {
        Answer(differingSince: 17);
        var answering = Node.Peers.Handler!;
        Node.Peers.Handler = (to, kind, body, cancellation) => to.Value == "n2"
            ? ScriptedLog.NeverAsync<PeerAnswer>(cancellation)
            : answering(to, kind, body, cancellation);

        var answer = await CompareAsync("timeout_ms=400");

        Assert.False(answer.At("consistent").GetBoolean());
        Assert.Equal("unreachable", answer.TextAt("nodes", "1", "error"));
        Assert.Equal(Other(Head), answer.TextAt("nodes", "2", "digest"));
        Assert.Equal(17, answer.At("first_divergence").GetInt64());
    }

    /// <summary>Lets n2 agree with this node at every index, and n3 up to an index.</summary>
    private void Answer(long differingSince, long keptSince = 1, bool stateDiffers = false)
    {
        for (var index = 1L; index <= Head; index++)
        {
            Node.Reader.Records[index] =
                new EntryRecord(index, 3, new Timestamp(index), OwnAt(index), RejectReason.None);
        }

        Node.Peers.Handler = (to, kind, body, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (kind == PeerCallKind.Status)
            {
                return Answered(NodeReport.Of(Node.Log.Status).ToBytes());
            }

            var call = DigestCall.Read(body)!;
            var differs = to.Value == "n3" && call.Index >= differingSince;
            var hash = call.WithStateHash ? StateHash(to.Value == "n3" && stateDiffers) : (Digest?)null;
            var report = to.Value == "n3" && call.Index < keptSince
                ? DigestReport.Failed(DigestReport.Compacted)
                : new DigestReport("", 3, differs ? OtherAt(call.Index) : OwnAt(call.Index), hash);
            return Answered(report.ToBytes());
        };
    }

    private async Task<Answer> CompareAsync(string query = "timeout_ms=10000") =>
        (await Node.Client.GetAsync($"/v1/cluster/consistency?{query}")).Expect(200);

    private static void ExpectDifferenceWithoutIndex(Answer answer)
    {
        Assert.False(answer.At("consistent").GetBoolean());
        Assert.False(answer.Json.TryGetProperty("first_divergence", out _), answer.Text);
    }

    private static Task<PeerAnswer> Answered(ReadOnlyMemory<byte> body) =>
        Task.FromResult(new PeerAnswer(PeerDelivery.Answered, body));

    private static Digest StateHash(bool differs)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        new Exchange(new ExchangeLimits()).StateHash(hash);
        hash[0] ^= differs ? (byte)1 : (byte)0;
        return Digest.FromBytes(hash);
    }

    private static Digest OwnAt(long index) => new((ulong)index, 1, 1, 1);

    private static Digest OtherAt(long index) => new((ulong)index, 2, 2, 2);

    private static string Own(long index) => OwnAt(index).ToString();

    private static string Other(long index) => OtherAt(index).ToString();
}
