using System.Buffers;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Unavailable;

/// <summary>What the tests on a scripted node share: the node, and what must hold of every refusal.</summary>
public abstract class ScriptedNodeTests : IAsyncLifetime
{
    /// <summary>Where an entry of a test stands in the log.</summary>
    private protected const long EntryIndex = 41;

    private protected const string Accounts = "/v1/accounts";

    private ScriptedNode? _node;

    private protected ScriptedNode Node => _node!;

    /// <summary>Flags of the node beyond those every scripted one has.</summary>
    private protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync() => _node = await ScriptedNode.StartAsync(Settings);

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens an account: a write that needs nothing to be known beforehand.</summary>
    private protected Task<Answer> WriteAsync(int timeoutMs = 20_000, string key = "") => Node.Client.PostAsync(
        $"{Accounts}?timeout_ms={timeoutMs}", "{}", key.Length == 0 ? [] : [("Idempotency-Key", key)]);

    /// <summary>A refusal at the node's own position: body and headers agree on all that they say.</summary>
    private protected void ExpectRefusal(
        Answer answer, int status, string code, string outcome, bool isRetryable, long index = 40, long term = 3)
    {
        answer.ExpectProblem(status, code, outcome);
        Assert.Equal(isRetryable, answer.IsRetryable);
        Assert.Equal((index, term), (answer.Index, long.Parse(answer["rb-term"])));
        Assert.Equal((index, term), (answer.At("index").GetInt64(), answer.At("term").GetInt64()));
        Assert.Equal("000000000000abcd", answer["rb-digest"]);
        var leader = Node.Log.Status.Leader?.Value;
        Assert.Equal(
            ("n1", leader == "n1" ? "leader" : "follower", leader ?? "-"),
            (answer["rb-node"], answer["rb-role"], answer["rb-leader"]));
        Assert.Equal(
            leader, answer.Json.TryGetProperty("leader", out var named) ? named.GetString() : null);
    }

    /// <summary>Lets every proposal be applied and refused there for a reason.</summary>
    private protected void RefuseInTheLog(RejectReason reason) =>
        Node.Log.Answers.Add(_ => Task.FromResult(Refused(reason)));

    private protected static Proposal Refused(RejectReason reason)
    {
        const int ResultVersion = 1;
        const int RefusalShape = 0;
        var result = new ArrayBufferWriter<byte>(8);
        var writer = new MessagePackWriter(result);
        writer.WriteArrayHeader(3);
        writer.WriteInteger(ResultVersion);
        writer.WriteInteger(RefusalShape);
        writer.WriteInteger((long)reason);
        writer.Flush();
        return new Proposal(
            ProposalOutcome.Applied, EntryIndex, 4, new Timestamp(1), new Digest(0xABCD, 9, 9, 9),
            new Applied(reason, 0), result.WrittenMemory);
    }

    /// <summary>Makes an instrument known to the node: 0.01 USD ticks, 0.0001 BTC lots.</summary>
    private protected void KnowInstrument(Catalog catalog)
    {
        var (btc, usd) = (new AssetView(new AssetId(1), "BTC", 8), new AssetView(new AssetId(2), "USD", 2));
        catalog.Keep(new InstrumentView(
            new InstrumentId(1), "BTC-USD", btc, usd, new DecimalSize(1, 2), new DecimalSize(1, 4), 0, 0,
            InstrumentStatus.Open, null, 1));
    }
}
