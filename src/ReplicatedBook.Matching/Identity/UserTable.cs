using System.Buffers.Binary;
using System.Security.Cryptography;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>Users, their API keys and their sessions, and how they are found.</summary>
internal sealed class UserTable
{
    private readonly PagedArray<User> _users = new();
    private readonly ClientOrderIndex _names = new();
    private readonly PagedPool<ApiKey> _keys = new();
    private readonly KeyIndex _keyIndex = new();
    private readonly PagedPool<Session> _sessions = new();
    private readonly KeyIndex _sessionIndex = new();
    private readonly DueQueue _sessionEnds = new();

    /// <summary>Users; their ids are 1 to this.</summary>
    public int Count { get; private set; }

    /// <summary>Administrators who are not kept out.</summary>
    public int ActiveAdmins { get; private set; }

    /// <summary>Id of the last API key.</summary>
    public long LastKey { get; set; }

    /// <summary>Id of the last session.</summary>
    public long LastSession { get; set; }

    /// <summary>Sessions in all.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>When the first session ends by itself; the largest number when there is none.</summary>
    public long FirstSessionEnd => _sessionEnds.FirstDue;

    /// <summary>Slot of that session; there must be one.</summary>
    public int FirstSessionToEnd => _sessionEnds.FirstSlot;

    /// <summary>A user that there is.</summary>
    public ref readonly User this[int id] => ref _users[id - 1];

    /// <summary>Whether there is such a user.</summary>
    public bool Has(long id) => id >= 1 && id <= Count;

    /// <summary>A user's id by name; 0 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[Encoding.TextRules.MaxUsername];
        if (!Encoding.TextRules.IsUsername(name))
        {
            return 0;
        }

        text = text[..System.Text.Encoding.ASCII.GetChars(name, text)];
        var hash = HashOf(name);
        var place = _names.Start(hash);
        while (_names.Next(hash, ref place) is not 0 and var id)
        {
            if (text.SequenceEqual(this[(int)id].Username))
            {
                return (int)id;
            }
        }

        return 0;
    }

    /// <summary>Adds a user whose name is free, and gives its id.</summary>
    public int Add(in User user)
    {
        _users.Ensure(Count);
        ref var added = ref _users.Edit(Count++);
        added = user;
        (added.Keys, added.Sessions) = (OrderChain.Empty, OrderChain.Empty);
        _names.Add(HashOf(System.Text.Encoding.ASCII.GetBytes(user.Username)), Count);
        ActiveAdmins += user.IsActiveAdmin ? 1 : 0;
        return Count;
    }

    /// <summary>Changes what a user may do.</summary>
    public void Allow(int id, Roles roles, bool isDisabled)
    {
        ref var user = ref _users.Edit(id - 1);
        ActiveAdmins -= user.IsActiveAdmin ? 1 : 0;
        (user.Roles, user.IsDisabled) = (roles, isDisabled);
        ActiveAdmins += user.IsActiveAdmin ? 1 : 0;
    }

    /// <summary>A user, to be changed but for roles and being disabled (<see cref="Allow"/>).</summary>
    public ref User Edit(int id) => ref _users.Edit(id - 1);

    /// <summary>An API key by slot.</summary>
    public ref readonly ApiKey Key(int slot) => ref _keys[slot];

    /// <summary>Slot of an API key; -1 when there is none.</summary>
    public int FindKey(long id) => _keyIndex.Find(id);

    /// <summary>Adds an API key behind the user's others and gives its slot.</summary>
    public int AddKey(in ApiKey key)
    {
        var slot = _keys.Take();
        ref var added = ref _keys.Edit(slot);
        added = key;
        ref var chain = ref Edit(key.User).Keys;
        (added.Previous, added.Next) = (chain.Last, -1);
        if (chain.Last >= 0)
        {
            _keys.Edit(chain.Last).Next = slot;
        }
        else
        {
            chain.First = slot;
        }

        chain.Last = slot;
        chain.Count++;
        _keyIndex.Add(key.Id, slot);
        return slot;
    }

    /// <summary>Takes an API key out.</summary>
    public void RemoveKey(int slot)
    {
        ref readonly var key = ref _keys[slot];
        ref var chain = ref Edit(key.User).Keys;
        (key.Previous >= 0 ? ref _keys.Edit(key.Previous).Next : ref chain.First) = key.Next;
        (key.Next >= 0 ? ref _keys.Edit(key.Next).Previous : ref chain.Last) = key.Previous;
        chain.Count--;
        _keyIndex.Remove(key.Id);
        _keys.Edit(slot) = default;
        _keys.Release(slot);
    }

    /// <summary>A session by slot.</summary>
    public ref readonly Session Session(int slot) => ref _sessions[slot];

    /// <summary>Slot of a session; -1 when there is none.</summary>
    public int FindSession(long id) => _sessionIndex.Find(id);

    /// <summary>Gives a session another token.</summary>
    public void Rotate(int slot, in Bytes32 currentHash) => _sessions.Edit(slot).CurrentHash = currentHash;

    /// <summary>Adds a session behind the user's others and gives its slot.</summary>
    public int AddSession(in Session session)
    {
        var slot = _sessions.Take();
        ref var added = ref _sessions.Edit(slot);
        added = session;
        ref var chain = ref Edit(session.User).Sessions;
        (added.Previous, added.Next) = (chain.Last, -1);
        if (chain.Last >= 0)
        {
            _sessions.Edit(chain.Last).Next = slot;
        }
        else
        {
            chain.First = slot;
        }

        chain.Last = slot;
        chain.Count++;
        _sessionIndex.Add(session.Id, slot);
        _sessionEnds.Add(slot, session.ExpiresAt, session.Id);
        return slot;
    }

    /// <summary>Takes a session out.</summary>
    public void RemoveSession(int slot)
    {
        ref readonly var session = ref _sessions[slot];
        ref var chain = ref Edit(session.User).Sessions;
        (session.Previous >= 0 ? ref _sessions.Edit(session.Previous).Next : ref chain.First) = session.Next;
        (session.Next >= 0 ? ref _sessions.Edit(session.Next).Previous : ref chain.Last) = session.Previous;
        chain.Count--;
        _sessionIndex.Remove(session.Id);
        _sessionEnds.Remove(slot);
        _sessions.Edit(slot) = default;
        _sessions.Release(slot);
    }

    /// <summary>Takes an image of all users, API keys and sessions.</summary>
    public (FrozenArray<User> Users, FrozenArray<ApiKey> Keys, FrozenArray<Session> Sessions) Freeze() =>
        (_users.Freeze(), _keys.Freeze(), _sessions.Freeze());

    /// <summary>Names are chosen by strangers, so they are hashed in a way that nobody can make many of them
    /// collide.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
