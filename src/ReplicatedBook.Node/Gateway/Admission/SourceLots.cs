using System.Runtime.InteropServices;

namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>What each source has under way. One that is held back gets lots: so many commands begin, all of them end,
/// and then come as many again. Commands let in one by one would each begin a write of the log; a lot shares one. A lot
/// that has grown old is over although some of it hang: they must not shut out all that their source sends. Without
/// clock or threads; one owner.</summary>
/// <param name="size">Commands per lot.</param>
/// <param name="spacing">Least time from the beginning of a lot to that of the next, in the unit of the times
/// given.</param>
/// <param name="oldAge">Time after which a lot is over although not all of it has ended; above the spacing.</param>
internal sealed class SourceLots(int size, long spacing, long oldAge)
{
    private readonly Dictionary<CommandSource, Lot> _lots = [];
    private readonly Queue<CommandSource> _resting = []; // By the beginning of their lots.

    /// <summary>Whether sources wait for the time of their next lot.</summary>
    public bool HasResting => _resting.Count > 0;

    /// <summary>Whether a source's lot has begun as a whole and is not over, or hangs as a whole.</summary>
    public bool IsSpent(CommandSource source, long now) =>
        _lots.TryGetValue(source, out var lot)
        && (lot.UnderWay >= size || (lot.Begun >= size && now - lot.Since < oldAge));

    /// <summary>A command begins.</summary>
    public void Begin(CommandSource source, long now)
    {
        ref var lot = ref CollectionsMarshal.GetValueRefOrAddDefault(_lots, source, out var isUnderWay);
        lot = isUnderWay && now - lot.Since < oldAge
            ? lot with { UnderWay = lot.UnderWay + 1, Begun = lot.Begun + 1 }
            : new Lot(lot.UnderWay + 1, Begun: 1, now);
    }

    /// <summary>A command has ended.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="now">Time.</param>
    /// <param name="isHeldBack">Whether the next lot has to wait for its time.</param>
    /// <returns>Whether it waits for that now.</returns>
    public bool End(CommandSource source, long now, bool isHeldBack)
    {
        ref var lot = ref CollectionsMarshal.GetValueRefOrNullRef(_lots, source);
        lot = lot with { UnderWay = lot.UnderWay - 1 };
        if (lot.UnderWay > 0)
        {
            return false;
        }

        var mustRest = isHeldBack && lot.Begun >= size && now - lot.Since < spacing;
        if (mustRest)
        {
            _resting.Enqueue(source);
        }
        else
        {
            _lots.Remove(source);
        }

        return mustRest;
    }

    /// <summary>Lets those have their next lot whose time has come; some may have begun commands meanwhile, since
    /// nobody held them back any more.</summary>
    public void EndRests(long now)
    {
        while (_resting.TryPeek(out var source))
        {
            var isResting = _lots.TryGetValue(source, out var lot) && lot.UnderWay == 0;
            if (isResting && now - lot.Since < spacing)
            {
                return;
            }

            _resting.Dequeue();
            if (isResting)
            {
                _lots.Remove(source);
            }
        }
    }

    private readonly record struct Lot(int UnderWay, int Begun, long Since);
}
