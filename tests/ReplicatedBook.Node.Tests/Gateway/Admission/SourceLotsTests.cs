using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Gateway.Admission;

/// <summary>Goal: a lot ends as a whole, its rest ends in time, and nothing of either is left behind. Method: time by
/// hand.</summary>
public sealed class SourceLotsTests
{
    private static readonly CommandSource One = new(new AccountId(1), null);
    private static readonly CommandSource Two = new(new AccountId(2), null);

    private readonly SourceLots _lots = new(size: 2, spacing: 10, oldAge: 50);

    [Fact]
    public void A_lot_is_spent_until_all_of_it_has_ended()
    {
        BeginLot(One, at: 0);
        Assert.True(_lots.IsSpent(One, 0));
        Assert.False(_lots.IsSpent(Two, 0));

        Assert.False(_lots.End(One, 20, isHeldBack: true));
        Assert.True(_lots.IsSpent(One, 20));
        Assert.False(_lots.End(One, 20, isHeldBack: true));

        Assert.False(_lots.IsSpent(One, 20)); // Its time is over.
        Assert.False(_lots.HasResting);
    }

    [Fact]
    public void The_next_lot_of_one_that_is_held_back_waits_for_its_time()
    {
        BeginLot(One, at: 0);
        BeginLot(Two, at: 5);
        EndLot(One, at: 6, isHeldBack: true);
        EndLot(Two, at: 6, isHeldBack: true);

        _lots.EndRests(9);
        Assert.True(_lots.IsSpent(One, 9));
        _lots.EndRests(10);
        Assert.False(_lots.IsSpent(One, 10));
        Assert.True(_lots.IsSpent(Two, 10));
        _lots.EndRests(15);
        Assert.False(_lots.IsSpent(Two, 15));
        Assert.False(_lots.HasResting);
    }

    [Fact]
    public void Part_of_a_lot_needs_no_rest()
    {
        _lots.Begin(One, 0);
        _lots.End(One, 1, isHeldBack: true);

        Assert.False(_lots.HasResting);
        Assert.False(_lots.IsSpent(One, 1));
    }

    [Fact]
    public void One_that_is_not_held_back_needs_no_rest()
    {
        BeginLot(One, at: 0);
        EndLot(One, at: 1, isHeldBack: false);

        Assert.False(_lots.HasResting);
        Assert.False(_lots.IsSpent(One, 1));
    }

    [Fact]
    public void One_that_goes_on_during_its_rest_is_forgotten_at_the_end_all_the_same()
    {
        BeginLot(One, at: 0);
        EndLot(One, at: 1, isHeldBack: true);
        _lots.Begin(One, 2); // Nobody else is there any more.
        _lots.EndRests(3);
        Assert.False(_lots.HasResting);
        _lots.End(One, 30, isHeldBack: false);

        _lots.EndRests(31);
        Assert.False(_lots.IsSpent(One, 31));
    }

    [Fact]
    public void One_that_began_and_ended_during_its_rest_leaves_nothing_behind()
    {
        BeginLot(One, at: 0);
        EndLot(One, at: 1, isHeldBack: true);
        _lots.Begin(One, 2);
        _lots.End(One, 3, isHeldBack: false);

        _lots.EndRests(4);
        Assert.False(_lots.HasResting);
        Assert.False(_lots.IsSpent(One, 1));
    }

    [Fact]
    public void An_old_lot_is_over_although_one_of_it_hangs()
    {
        BeginLot(One, at: 0);
        _lots.End(One, 1, isHeldBack: true);
        Assert.True(_lots.IsSpent(One, 49));
        Assert.False(_lots.IsSpent(One, 50));

        _lots.Begin(One, 50);
        Assert.True(_lots.IsSpent(One, 50)); // One that hangs and one that began: no more than a lot at once.
        _lots.End(One, 51, isHeldBack: true);
        Assert.False(_lots.IsSpent(One, 51));
        _lots.Begin(One, 51);
        Assert.False(_lots.End(One, 52, isHeldBack: true));
        Assert.True(_lots.IsSpent(One, 52)); // The new lot was as large as the first.
        Assert.False(_lots.IsSpent(One, 100));
    }

    [Fact]
    public void Commands_that_hang_are_never_more_than_a_lot()
    {
        BeginLot(One, at: 0);

        Assert.True(_lots.IsSpent(One, 1000));
    }

    private void BeginLot(CommandSource source, long at)
    {
        _lots.Begin(source, at);
        _lots.Begin(source, at);
    }

    private void EndLot(CommandSource source, long at, bool isHeldBack)
    {
        _lots.End(source, at, isHeldBack);
        _lots.End(source, at, isHeldBack);
    }
}
