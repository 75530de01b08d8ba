using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Accounts;

/// <summary>Assets, accounts and balances. Money moves only between the two parts of a balance, between balances, and
/// to
/// the venue's fees; deposits and withdrawals are counted, so that the sum can be checked at any time.</summary>
internal sealed class Ledger
{
    private readonly List<Asset> _assets = [];
    private readonly KeyIndex _balanceIndex = new();
    private readonly KeyIndex _lastAccounts = new();
    private Account[] _accounts = new Account[4];
    private AccountDetails[] _details = new AccountDetails[4];
    private Balance[] _balances = new Balance[8];

    /// <summary>Assets; their ids are 1 to this.</summary>
    public int AssetCount => _assets.Count;

    /// <summary>Accounts; their ids are 1 to this.</summary>
    public int AccountCount { get; private set; }

    /// <summary>Balances; their slots are 0 to one less.</summary>
    public int BalanceCount { get; private set; }

    /// <summary>An asset that there is.</summary>
    public Asset Asset(int id) => _assets[id - 1];

    /// <summary>Whether there is such an asset.</summary>
    public bool HasAsset(int id) => id >= 1 && id <= _assets.Count;

    /// <summary>Whether there is such an account.</summary>
    public bool HasAccount(long id) => (ulong)(id - 1) < (ulong)AccountCount;

    /// <summary>An account that there is; good until the next one is opened.</summary>
    public ref Account Account(int id) => ref _accounts[id - 1];

    /// <summary>The rest of an account that there is; good until the next one is opened.</summary>
    public ref AccountDetails Details(int id) => ref _details[id - 1];

    /// <summary>A balance by slot; good until the next <see cref="EnsureBalance"/>.</summary>
    public ref Balance Balance(int slot) => ref _balances[slot];

    /// <summary>The only account of a user; 0 when there is not exactly one.</summary>
    public int OnlyAccountOf(long user) =>
        LastAccountOf(user) is not 0 and var last && Details(last).PreviousOfUser == 0 ? last : 0;

    /// <summary>The account that a user opened last; 0 when there is none.</summary>
    public int LastAccountOf(long user) => Math.Max(0, _lastAccounts.Find(user));

    /// <summary>Adds an asset and gives its id.</summary>
    public int AddAsset(Asset asset)
    {
        _assets.Add(asset);
        return _assets.Count;
    }

    /// <summary>Opens an account and gives its id.</summary>
    public int AddAccount(long user, string label, long index, long at)
    {
        if (AccountCount == _accounts.Length)
        {
            Array.Resize(ref _accounts, checked(AccountCount * 2));
            Array.Resize(ref _details, _accounts.Length);
        }

        _accounts[AccountCount] = new Account { User = user, Open = OrderChain.Empty, Closed = OrderChain.Empty };
        _details[AccountCount] = new AccountDetails
        {
            Label = label,
            CreatedIndex = index,
            CreatedAt = at,
            FirstBalance = -1,
        };
        AccountCount++;
        LinkToUser(user, AccountCount);
        return AccountCount;
    }

    /// <summary>Slot of a balance; -1 when the account never had one of this asset.</summary>
    public int FindBalance(int account, int asset) => _balanceIndex.Find(KeyOf(account, asset));

    /// <summary>Slot of a balance, which is made, empty, if there is none.</summary>
    public int EnsureBalance(int account, int asset)
    {
        var slot = FindBalance(account, asset);
        return slot >= 0 ? slot : AddBalance(account, asset);
    }

    /// <summary>Slot of the balance that an order of an account has to be covered by; -1 when there is none.</summary>
    /// <remarks>Most accounts go on with the instrument they had before: then nothing is searched.</remarks>
    public int FindBalance(int account, Instrument instrument, Side side)
    {
        ref readonly var last = ref Account(account);
        if (last.LastInstrument == instrument.Id)
        {
            return last.LastBalances.GivenBy(side);
        }

        return FindBalance(account, side == Side.Buy ? instrument.QuoteAsset : instrument.BaseAsset);
    }

    /// <summary>Makes an instrument the last of an account, with the account's balances of both its assets, which are
    /// made, empty, if there are none.</summary>
    /// <returns>The slots of both.</returns>
    public BalanceSlots EnsureBalances(int account, Instrument instrument)
    {
        ref var last = ref Account(account);
        if (last.LastInstrument != instrument.Id)
        {
            ChangeInstrument(ref last, account, instrument);
        }

        return last.LastBalances;
    }

    /// <summary>Takes an image of all assets, accounts and balances.</summary>
    public FrozenLedger Freeze() => new(
        _assets.ConvertAll(asset => asset.Copy()), _accounts[..AccountCount],
        _details[..AccountCount], _balances[..BalanceCount]);

    /// <summary>What may be used of a balance; 0 when there is none.</summary>
    public long Available(int slot) => slot >= 0 ? _balances[slot].Available : 0;

    /// <summary>Moves units from available to reserved; negative moves them back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int slot, long units)
    {
        ref var balance = ref _balances[slot];
        balance.Available -= units;
        balance.Reserved += units;
        Invariant.Require((balance.Available | balance.Reserved) >= 0, "no balance is negative");
    }

    /// <summary>Gives units to a balance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Credit(int slot, long units)
    {
        ref var balance = ref _balances[slot];
        balance.Available += units;
        Invariant.Require(balance.Available >= 0, "no balance is negative");
    }

    /// <summary>Takes units out of what is reserved, and gives back those that were not spent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SpendReserved(int slot, long units, long unspent)
    {
        ref var balance = ref _balances[slot];
        balance.Available += unspent;
        balance.Reserved -= units;
        Invariant.Require((balance.Available | balance.Reserved) >= 0, "no balance is negative");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ChangeInstrument(ref Account last, int account, Instrument instrument)
    {
        last.LastBalances = new(
            EnsureBalance(account, instrument.QuoteAsset), EnsureBalance(account, instrument.BaseAsset));
        last.LastInstrument = instrument.Id;
    }

    private void LinkToUser(long user, int id)
    {
        var previous = LastAccountOf(user);
        if (previous == 0)
        {
            _lastAccounts.Add(user, id);
            return;
        }

        _lastAccounts.Replace(user, id);
        Details(id).PreviousOfUser = previous;
        Account(id).IsOneOfSeveral = user != 0;
        Account(previous).IsOneOfSeveral = user != 0;
    }

    private static long KeyOf(int account, int asset) => ((long)account << 32) | (uint)asset;

    private int AddBalance(int account, int asset)
    {
        if (BalanceCount == _balances.Length)
        {
            Array.Resize(ref _balances, checked(BalanceCount * 2));
        }

        var slot = BalanceCount++;
        _balanceIndex.Add(KeyOf(account, asset), slot);
        ref var link = ref Details(account).FirstBalance;
        while (link >= 0 && _balances[link].Asset < asset)
        {
            link = ref _balances[link].Next;
        }

        _balances[slot] = new Balance { Asset = asset, Next = link };
        link = slot;
        return slot;
    }
}
