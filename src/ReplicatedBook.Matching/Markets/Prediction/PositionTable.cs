using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Markets.Prediction;

/// <summary>All positions. They stand beside the balances of shares, which know nothing of them: who never trades
/// outcomes pays nothing for it.</summary>
internal sealed class PositionTable
{
    private readonly KeyIndex _holders = new();
    private Position[] _positions = new Position[4];
    private int[] _byBalance = []; // Slot plus one.

    /// <summary>How many there are; their slots are 0 to one less.</summary>
    public int Count { get; private set; }

    /// <summary>A position by slot; good until the next one is added.</summary>
    public ref Position this[int slot] => ref _positions[slot];

    /// <summary>Slot of the position beside a balance; -1 when there is none.</summary>
    public int Find(int balance) => (uint)balance < (uint)_byBalance.Length ? _byBalance[balance] - 1 : -1;

    /// <summary>Slot of the position beside a balance of shares, which is made, empty, if there is none.</summary>
    /// <param name="balance">Slot of the balance.</param>
    /// <param name="account">Whose.</param>
    /// <param name="market">The market.</param>
    /// <param name="outcome">The outcome's place in it.</param>
    public int Ensure(int balance, int account, PredictionMarket market, int outcome)
    {
        var slot = Find(balance);
        return slot >= 0 ? slot : Add(balance, account, market, outcome);
    }

    /// <summary>An image of all positions.</summary>
    public Position[] Freeze() => _positions[..Count];

    private int Add(int balance, int account, PredictionMarket market, int outcome)
    {
        if (balance >= _byBalance.Length)
        {
            Array.Resize(ref _byBalance, Math.Max(balance + 1, checked(_byBalance.Length * 2)));
        }

        if (Count == _positions.Length)
        {
            Array.Resize(ref _positions, checked(Count * 2));
        }

        var slot = Count++;
        _byBalance[balance] = slot + 1;
        _positions[slot] = new Position { Balance = balance, Market = market.Id, Outcome = outcome, Next = -1 };
        Link(slot, account, market);
        return slot;
    }

    private void Link(int slot, int account, PredictionMarket market)
    {
        var key = ((long)account << 32) | (uint)market.Id;
        var place = _holders.Find(key);
        if (place < 0)
        {
            _holders.Add(key, market.Holders.Count);
            market.Holders.Add(new Holder { Account = account, FirstPosition = slot });
            return;
        }

        var holder = market.Holders[place];
        ref var link = ref holder.FirstPosition;
        while (link >= 0 && _positions[link].Outcome < _positions[slot].Outcome)
        {
            link = ref _positions[link].Next;
        }

        _positions[slot].Next = link;
        link = slot;
        market.Holders[place] = holder;
    }
}
