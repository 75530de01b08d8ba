using System.Text.Json;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Majorities, and joint majorities (Raft paper, section 6).</summary>
public sealed class QuorumTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    public void Majority_is_more_than_half(int voters, int majority) => Assert.Equal(majority, Quorum.Majority(voters));

    [Fact]
    public void Committed_index_agrees_with_counting_one_by_one()
    {
        var chance = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var acknowledged = new long[chance.Next(1, 40)];
            for (var voter = 0; voter < acknowledged.Length; voter++)
            {
                acknowledged[voter] = chance.Next(10);
            }

            var naive = acknowledged.Where(index =>
                acknowledged.Count(other => other >= index) * 2 > acknowledged.Length).Max();
            Assert.Equal(naive, Quorum.CommittedIndex(acknowledged));
        }
    }

    [Fact]
    public void Every_case_of_the_collection_gives_its_answer()
    {
        if (TestData.Find("raft/quorum_cases.json") is not { } path)
        {
            Assert.Skip(TestData.WhyMissing);
            return;
        }

        using var cases = JsonDocument.Parse(File.ReadAllBytes(path));
        var checkedCases = 0;
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var expected = one.GetProperty("expect").GetString()!;
            Assert.True(expected == Answer(one), $"{one}: got {Answer(one)}");
            checkedCases++;
        }

        Assert.Equal(127, checkedCases);
    }

    private static string Answer(JsonElement one)
    {
        if (one.GetProperty("cmd").GetString() == "vote")
        {
            return "Vote" + Quorum.CountVotes(Votes(one, "voters"), Votes(one, "voters_outgoing"));
        }

        var index = Quorum.CommittedIndex(Indexes(one, "voters"), Indexes(one, "voters_outgoing"));
        return index == long.MaxValue ? "<empty majority quorum>∞" : index.ToString();
    }

    private static long[] Indexes(JsonElement one, string set) => [.. Voters(one, set).Select(voter =>
        one.GetProperty("acked").TryGetProperty(voter, out var index) ? long.Parse(index.GetString()!) : 0)];

    private static bool?[] Votes(JsonElement one, string set) => [.. Voters(one, set).Select(voter =>
        one.GetProperty("votes").TryGetProperty(voter, out var vote) ? vote.GetString() == "y" : (bool?)null)];

    private static IEnumerable<string> Voters(JsonElement one, string set) =>
        one.GetProperty(set) is { ValueKind: JsonValueKind.Array } voters
            ? voters.EnumerateArray().Select(voter => voter.ToString())
            : [];
}
