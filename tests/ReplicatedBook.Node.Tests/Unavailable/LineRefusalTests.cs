using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Tcp;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Unavailable;

/// <summary>Goal: lines say of a write that it was not executed only when it surely was not. Method: the real protocol
/// on a node whose log and peers do as the test says.</summary>
public sealed class LineRefusalTests : ScriptedNodeTests
{
    private static readonly string[] Writes =
    [
        "NEW t BTC-USD B LIMIT 100 1 account=a1", "CANCEL t 7", "CANCELALL t account=a1", "CREDIT t a1 USD 1",
    ];

    private protected override string[] Settings => ["--Tcp:Port=0"];

    [Fact] // Each by a connection of its own, so that the wait for a leader is paid once.
    public async Task A_write_without_a_leader_is_not_executed_and_goes_nowhere()
    {
        KnowInstrument((Catalog)Node.Services.GetService(typeof(Catalog))!);
        Node.Follow(null);

        var replies = await Task.WhenAll(Writes.Select(AskAsync));

        Assert.All(replies, reply => Assert.StartsWith("ERR t no_leader outcome=not_executed msg=", reply));
        Assert.Empty(Node.Log.Proposed);
        Assert.Empty(Node.Peers.Calls);
        Assert.StartsWith(
            "OK t node=n1 role=follower leader=- term=4 commit=41 applied=40 ", await AskAsync("STATUS t"));
    }

    [Fact]
    public async Task A_forwarded_write_without_an_answer_is_unknown()
    {
        KnowInstrument((Catalog)Node.Services.GetService(typeof(Catalog))!);
        Node.Follow("n2");
        Node.Peers.Answers.Add(_ => Task.FromResult(new PeerAnswer(PeerDelivery.Lost, default)));

        foreach (var write in Writes)
        {
            Assert.StartsWith("ERR t outcome_unknown outcome=unknown msg=", await AskAsync(write));
        }

        Assert.Equal(Writes.Length, Node.Peers.Calls.Count);
    }

    [Fact]
    public async Task Orders_of_a_lost_batch_are_unknown_one_by_one()
    {
        KnowInstrument((Catalog)Node.Services.GetService(typeof(Catalog))!);
        Node.Log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.Unknown)));
        using var client = await LineClient.ConnectAsync(Node.Services);

        await client.SendAsync(
            "NEW 1 BTC-USD B LIMIT 100 1 account=a1\nNEW 2 BTC-USD S LIMIT 101 1 account=a1\nPING 3\n");

        Assert.StartsWith("ERR 1 outcome_unknown outcome=unknown msg=", await client.ReadAsync());
        Assert.StartsWith("ERR 2 outcome_unknown outcome=unknown msg=", await client.ReadAsync());
        Assert.Equal("PONG 3", await client.ReadAsync());
    }

    private async Task<string?> AskAsync(string line)
    {
        using var client = await LineClient.ConnectAsync(Node.Services);
        return await client.AskAsync(line);
    }
}
