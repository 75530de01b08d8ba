using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Agreements;

/// <summary>Goal: a node stops when it must and at no other time (RELIABILITY P8). Method: reports that peers might
/// send, held against records made up here.</summary>
public sealed class AgreementTests
{
    private readonly EntryRecords _records = new(64);
    private readonly StateHashes _hashes = new();
    private readonly Agreement _agreement;
    private long _applied;

    public AgreementTests() => _agreement = new Agreement(_records, _hashes);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 3)]
    public void A_node_bears_as_many_that_differ_as_may_fail_and_not_one_more(int voters, int bears)
    {
        for (var differing = 0; differing < voters; differing++)
        {
            Assert.Equal(differing > bears, Agreement.IsOutvoted(voters, differing));
        }
    }

    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(3, 2, true)]
    [InlineData(5, 2, false)]
    [InlineData(5, 3, true)]
    [InlineData(5, 4, true)]
    [InlineData(7, 3, false)]
    [InlineData(7, 4, true)]
    public void Voters_that_differ_are_counted_and_unknown_ones_are_not(int voters, int differing, bool isOutvoted)
    {
        Apply(10);
        var members = Enumerable.Range(1, voters).Select(NodeOf).ToList();
        for (var i = 0; i < differing; i++)
        {
            Report(2 + i, 7, isSame: false);
        }

        Assert.Equal(differing, Compare().Count);
        Assert.Equal(
            isOutvoted, Agreement.IsOutvoted(voters, _agreement.DifferencesFrom(members).Count));
    }

    [Fact]
    public void A_learner_that_differs_does_not_count()
    {
        Apply(10);
        Report(2, 7, isSame: false);
        Report(9, 7, isSame: false);
        Assert.Equal(2, Compare().Count);

        Assert.Equal([NodeOf(2)], _agreement.DifferencesFrom([NodeOf(1), NodeOf(2), NodeOf(3)]).Select(d => d.Peer));
    }

    [Fact]
    public void A_difference_is_told_once_with_its_index_and_both_digests()
    {
        Apply(10);
        Report(2, 7, isSame: false);
        var found = Assert.Single(Compare());
        Report(2, 8, isSame: false);

        Assert.Empty(Compare());
        Assert.Equal(new Difference(NodeOf(2), 7, Own(7), Other(7), IsStateHash: false), found);
        Assert.Equal(1, _agreement.Mismatches);
        Assert.Equal(found, Assert.Single(_agreement.DifferencesFrom([NodeOf(2)])));
    }

    [Fact]
    public void A_report_from_ahead_is_compared_once_this_node_is_there()
    {
        Apply(10);
        Report(2, 20, isSame: false);
        Assert.Empty(Compare());
        Apply(19);
        Assert.Empty(Compare());

        Apply(20);

        Assert.Equal(20, Assert.Single(Compare()).Index);
    }

    [Fact]
    public void A_node_that_is_always_behind_still_comes_to_compare()
    {
        for (var index = 10; index < 60; index += 10)
        {
            Apply(index);
            Report(2, index + 15, isSame: true);
            Compare();
        }

        Assert.InRange(_agreement.Find(NodeOf(2))!.Digests.AgreedIndex, 25, 55);
    }

    [Fact]
    public void Of_reports_from_ahead_the_first_and_the_newest_are_kept()
    {
        Report(2, 20, isSame: true);
        Report(2, 30, isSame: true);
        Report(2, 40, isSame: false);
        Apply(39);
        Assert.Empty(Compare());
        Assert.Equal(20, _agreement.Find(NodeOf(2))!.Digests.AgreedIndex);

        Apply(40);

        Assert.Equal(40, Assert.Single(Compare()).Index);
    }

    [Fact]
    public void An_index_whose_record_is_gone_proves_nothing()
    {
        Apply(200);
        Report(2, 100, isSame: false);

        Assert.Empty(Compare());
        Assert.False(_agreement.Find(NodeOf(2))!.Differs);
    }

    [Fact]
    public void A_late_report_of_before_changes_nothing_in_either_direction()
    {
        Apply(20);
        Report(2, 15, isSame: true);
        Compare();
        Report(2, 10, isSame: false); // Of an earlier life: since then it agreed.
        Assert.Empty(Compare());
        Report(3, 15, isSame: false);
        Assert.Single(Compare());
        Report(3, 10, isSame: true);
        Compare();

        Assert.False(_agreement.Find(NodeOf(2))!.Differs);
        Assert.True(_agreement.Find(NodeOf(3))!.Differs);
    }

    [Fact]
    public void A_peer_that_got_its_state_anew_agrees_again()
    {
        Apply(30);
        Report(2, 15, isSame: false);
        Assert.Single(Compare());
        Report(2, 25, isSame: true);
        Compare();

        Assert.False(_agreement.Find(NodeOf(2))!.Differs);
        Assert.Equal(1, _agreement.Mismatches);
    }

    [Fact]
    public void A_state_that_differs_below_equal_digests_is_found()
    {
        Apply(20);
        _hashes.Add(10, Own(1));
        _agreement.Take(Of(2, 20, Own(20), hashIndex: 20, Other(2)), tick: 1);
        Assert.Empty(_agreement.CompareStates());

        _hashes.Add(20, Own(2));

        var found = Assert.Single(_agreement.CompareStates());
        Assert.Equal(new Difference(NodeOf(2), 20, Own(2), Other(2), IsStateHash: true), found);
        Assert.Empty(Compare());
        Assert.True(_agreement.Find(NodeOf(2))!.Differs);
    }

    private void Apply(long index)
    {
        while (_applied < index)
        {
            _applied++;
            _records.Add(new EntryRecord(_applied, 1, default(Timestamp), Own(_applied), RejectReason.None));
        }
    }

    private IReadOnlyList<Difference> Compare() => [.. _agreement.Compare(_applied)];

    private void Report(int peer, long index, bool isSame) =>
        _agreement.Take(Of(peer, index, isSame ? Own(index) : Other(index), 0, default), tick: 1);

    private static AgreementReport Of(int peer, long index, Digest digest, long hashIndex, Digest hash) =>
        new(NodeOf(peer), NodeOf(1), 1, index, digest, hashIndex, hash, 2);

    private static NodeId NodeOf(int number) => new($"n{number}");

    private static Digest Own(long index) => new((ulong)index, 1, 0, 0);

    private static Digest Other(long index) => new((ulong)index, 2, 0, 0);
}
