using System.Runtime.InteropServices;

namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>What each source has under way. One that is held back gets lots: so many commands begin, all of them end,
/// and then come as many again. Commands let in one by one would each begin a write of the log; a lot shares one.
/// Without clock or threads; one owner.</summary>
/// <param name="size">Commands per lot.</param>
/// <param name="spacing">Least time from the beginning of a lot to that of the next, in the unit of the times
/// given.</param>
internal sealed class SourceLots(int size, long spacing)
{
    private readonly Dictionary<CommandSource, Lot> _lots = [];
    private readonly Queue<CommandSource> _resting = []; // By the beginning of their lots.

    /// <summary>Whether sources wait for the time of their next lot.</summary>
    public bool HasResting => _resting.Count > 0;

    /// <summary>Whether a source's lot has begun as a whole and not ended.</summary>
    public bool IsSpent(CommandSource source) => _lots.GetValueOrDefault(source).Begun >= size;

    /// <summary>A command begins.</summary>
    public void Begin(CommandSource source, long now)
    {
        ref var lot = ref CollectionsMarshal.GetValueRefOrAddDefault(_lots, source, out var isUnderWay);
        lot = new Lot(lot.UnderWay + 1, lot.Begun + 1, isUnderWay ? lot.Since : now);
    }

    /// <summary>A command has ended.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="now">Time.</param>
    /// <param name="isHeldBack">Whether the next lot has to wait for its time.</param>
    public void End(CommandSource source, long now, bool isHeldBack)
    {
        ref var lot = ref CollectionsMarshal.GetValueRefOrNullRef(_lots, source);
        lot = lot with { UnderWay = lot.UnderWay - 1 };
        if (lot.UnderWay > 0)
        {
            return;
        }

        if (isHeldBack && lot.Begun >= size && now - lot.Since < spacing)
        {
            _resting.Enqueue(source);
        }
        else
        {
            _lots.Remove(source);
        }
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
