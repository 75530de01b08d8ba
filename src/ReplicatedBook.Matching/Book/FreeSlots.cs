using System.Numerics;

namespace ReplicatedBook.Matching.Book;

/// <summary>Slots that were given back: the lowest is given out first, so that what is in use stays together and orders
/// that come one after another stand side by side.</summary>
/// <remarks>Bits in three storeys; the highest is searched from its start: a word of it for a quarter of a million
/// slots.</remarks>
internal sealed class FreeSlots
{
    private const int WordBits = 6;

    private ulong[] _bits = new ulong[1]; // A bit for each slot,
    private ulong[] _groups = new ulong[1]; // one for each word of those that has one,
    private ulong[] _tops = new ulong[1]; // and one for each word of these.

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a slot back.</summary>
    public void Add(int slot)
    {
        var word = slot >> WordBits;
        if (word >= _bits.Length)
        {
            Grow(word);
        }

        _bits[word] |= 1UL << slot;
        _groups[word >> WordBits] |= 1UL << word;
        _tops[word >> (2 * WordBits)] |= 1UL << (word >> WordBits);
        Count++;
    }

    /// <summary>Gives out the lowest slot; there must be one.</summary>
    public int TakeLowest()
    {
        var top = 0;
        while (_tops[top] == 0)
        {
            top++;
        }

        var group = (top << WordBits) | BitOperations.TrailingZeroCount(_tops[top]);
        var word = (group << WordBits) | BitOperations.TrailingZeroCount(_groups[group]);
        var bits = _bits[word];
        _bits[word] = bits & (bits - 1);
        if (_bits[word] == 0)
        {
            _groups[group] &= _groups[group] - 1;
            if (_groups[group] == 0)
            {
                _tops[top] &= _tops[top] - 1;
            }
        }

        Count--;
        return (word << WordBits) | BitOperations.TrailingZeroCount(bits);
    }

    private void Grow(int word)
    {
        Array.Resize(ref _bits, (int)BitOperations.RoundUpToPowerOf2((uint)word + 1));
        Array.Resize(ref _groups, WordsFor(_bits.Length));
        Array.Resize(ref _tops, WordsFor(_groups.Length));
    }

    private static int WordsFor(int bits) => (bits + 63) >> WordBits;
}
