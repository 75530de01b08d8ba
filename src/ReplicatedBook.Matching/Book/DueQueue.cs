namespace ReplicatedBook.Matching.Book;

/// <summary>What is to happen at a time of the cluster, the earliest first, at one time by id. A binary heap that knows
/// where each slot stands, so that what is no longer due is taken out at once and leaves nothing behind.</summary>
internal sealed class DueQueue
{
    private Entry[] _heap = new Entry[4];
    private int[] _placesPlusOne = new int[4];

    /// <summary>How many things are due some time.</summary>
    public int Count { get; private set; }

    /// <summary>When the first is due, in microseconds; the largest number when nothing is.</summary>
    public long FirstDue { get; private set; } = long.MaxValue;

    /// <summary>Slot of the first; there must be one.</summary>
    public int FirstSlot => _heap[0].Slot;

    /// <summary>Adds a slot that is not in it.</summary>
    /// <param name="slot">Whose time it is.</param>
    /// <param name="due">When, in microseconds.</param>
    /// <param name="id">Decides between equal times; no two are equal.</param>
    public void Add(int slot, long due, long id)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, checked(Count * 2));
        }

        if (slot >= _placesPlusOne.Length)
        {
            Array.Resize(ref _placesPlusOne, Math.Max(slot + 1, _placesPlusOne.Length * 2));
        }

        Rise(Count++, new Entry(due, id, slot));
        FirstDue = _heap[0].Due;
    }

    /// <summary>Takes a slot out that is in it.</summary>
    public void Remove(int slot)
    {
        var place = _placesPlusOne[slot] - 1;
        Invariant.Require(place >= 0 && place < Count && _heap[place].Slot == slot, "what is due stands where it says");
        _placesPlusOne[slot] = 0;
        var last = _heap[--Count];
        if (place < Count)
        {
            Sink(place, last);
            Rise(_placesPlusOne[last.Slot] - 1, last);
        }

        FirstDue = Count == 0 ? long.MaxValue : _heap[0].Due;
    }

    private void Rise(int place, Entry entry)
    {
        while (place > 0 && entry.IsBefore(_heap[(place - 1) / 2]))
        {
            Put(place, _heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Put(place, entry);
    }

    private void Sink(int place, Entry entry)
    {
        while ((2 * place) + 1 is var child && child < Count)
        {
            if (child + 1 < Count && _heap[child + 1].IsBefore(_heap[child]))
            {
                child++;
            }

            if (!_heap[child].IsBefore(entry))
            {
                break;
            }

            Put(place, _heap[child]);
            place = child;
        }

        Put(place, entry);
    }

    private void Put(int place, Entry entry)
    {
        _heap[place] = entry;
        _placesPlusOne[entry.Slot] = place + 1;
    }

    private readonly record struct Entry(long Due, long Id, int Slot)
    {
        public bool IsBefore(Entry other) => Due < other.Due || (Due == other.Due && Id < other.Id);
    }
}
