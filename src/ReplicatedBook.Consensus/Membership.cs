using System.Buffers.Binary;
using System.Text;

namespace ReplicatedBook.Consensus;

/// <summary>Who belongs to the cluster; immutable. The content of an entry of kind
/// <see cref="Log.EntryKind.Configuration"/> (layout in README.md).</summary>
public sealed class Membership
{
    /// <summary>Longest contact, in characters.</summary>
    public const int MaxContactLength = 512;

    /// <summary>Most members: more make every commit slower and nothing safer.</summary>
    public const int MaxMembers = 64;

    private const byte Version = 1;
    private const int MaxIdLength = 64;
    private const int HeaderBytes = 2; // Version and count.

    private readonly Member[] _members;

    private Membership(Member[] members)
    {
        _members = members;
        foreach (var member in members)
        {
            VoterCount += member.IsVoter ? 1 : 0;
        }

        Fingerprint = FingerprintOf(ToBytes());
    }

    /// <summary>Nobody: a node that waits to be told.</summary>
    public static Membership Empty { get; } = new([]);

    /// <summary>All members, ordered by id.</summary>
    public IReadOnlyList<Member> Members => _members;

    /// <summary>How many of them vote.</summary>
    public int VoterCount { get; }

    /// <summary>Never 0; equal on every node for equal members, and almost surely another for others.</summary>
    /// <remarks>FNV-1a of the canonical bytes. It recognises a membership and protects against nobody.</remarks>
    public ulong Fingerprint { get; }

    /// <summary>A membership of these members, in whatever order they come.</summary>
    /// <exception cref="ArgumentException">One is named twice, has a name or contact that may not be, or there are too
    /// many.</exception>
    public static Membership Of(IEnumerable<Member> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var sorted = new List<Member>(members);
        sorted.Sort();
        var made = sorted.ToArray();
        return IsSane(made) ? new Membership(made)
            : throw new ArgumentException("A member is named twice, or its name or contact may not be.",
                nameof(members));
    }

    /// <summary>A membership of voters without contacts.</summary>
    /// <exception cref="ArgumentException">As in <see cref="Of"/>.</exception>
    public static Membership OfVoters(IEnumerable<NodeId> voters)
    {
        ArgumentNullException.ThrowIfNull(voters);
        var members = new List<Member>();
        foreach (var voter in voters)
        {
            members.Add(new Member(voter, IsVoter: true, string.Empty));
        }

        return Of(members);
    }

    /// <summary>The member of this name; null when there is none.</summary>
    public Member? Find(NodeId id)
    {
        foreach (var member in _members)
        {
            if (member.Id == id)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Whether a node is a member and votes.</summary>
    public bool IsVoter(NodeId id) => Find(id) is { IsVoter: true };

    /// <summary>The canonical bytes; equal memberships give equal bytes.</summary>
    public byte[] ToBytes()
    {
        var size = HeaderBytes;
        foreach (var member in _members)
        {
            size += 1 + member.Id.Value.Length + 1 + 2 + member.Contact.Length;
        }

        var bytes = new byte[size];
        (bytes[0], bytes[1]) = (Version, (byte)_members.Length);
        var rest = bytes.AsSpan(HeaderBytes);
        foreach (var member in _members)
        {
            rest[0] = (byte)Encoding.ASCII.GetBytes(member.Id.Value, rest[1..]);
            rest = rest[(1 + rest[0])..];
            rest[0] = member.IsVoter ? (byte)1 : (byte)0;
            var length = Encoding.ASCII.GetBytes(member.Contact, rest[3..]);
            BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)length);
            rest = rest[(3 + length)..];
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <returns>Null when the bytes are not exactly that.</returns>
    public static Membership? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != Version)
        {
            return null;
        }

        var members = new Member[bytes[1]];
        var rest = bytes[HeaderBytes..];
        for (var i = 0; i < members.Length; i++)
        {
            if (!TryReadMember(ref rest, out members[i]))
            {
                return null;
            }
        }

        return rest.IsEmpty && IsSane(members) ? new Membership(members) : null;
    }

    /// <summary>This membership with a member added or put in another's place.</summary>
    internal Membership With(Member changed)
    {
        var members = new List<Member>(_members);
        members.RemoveAll(member => member.Id == changed.Id);
        members.Add(changed);
        return Of(members);
    }

    /// <summary>This membership without a member.</summary>
    internal Membership Without(NodeId id)
    {
        var members = new List<Member>(_members);
        members.RemoveAll(member => member.Id == id);
        return Of(members);
    }

    /// <summary>Whether a member may be named and reached like this.</summary>
    internal static bool IsSane(in Member member) => IsName(member.Id.Value) && IsContact(member.Contact);

    private static bool IsSane(Member[] members)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (!IsSane(members[i]) || (i > 0 && members[i - 1].Id.CompareTo(members[i].Id) >= 0))
            {
                return false;
            }
        }

        return members.Length <= MaxMembers;
    }

    /// <summary>Whether a node may be named like this: 1 to 64 characters of <c>A-Za-z0-9._:-</c>.</summary>
    public static bool IsName(string? name)
    {
        if (name is not { Length: >= 1 and <= MaxIdLength })
        {
            return false;
        }

        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or ':' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static ulong FingerprintOf(ReadOnlySpan<byte> bytes)
    {
        const ulong Basis = 0xCBF29CE484222325;
        const ulong Prime = 0x100000001B3;
        var hash = Basis;
        foreach (var value in bytes)
        {
            hash = unchecked((hash ^ value) * Prime);
        }

        return hash == 0 ? Basis : hash;
    }

    private static bool IsContact(string? contact)
    {
        if (contact is not { Length: <= MaxContactLength })
        {
            return false;
        }

        foreach (var letter in contact)
        {
            if (letter is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadMember(ref ReadOnlySpan<byte> rest, out Member member)
    {
        member = default;
        if (rest.IsEmpty || rest.Length < 1 + rest[0] + 3)
        {
            return false;
        }

        var id = Encoding.Latin1.GetString(rest.Slice(1, rest[0])); // What is not ASCII is refused by IsSane.
        rest = rest[(1 + rest[0])..];
        var (flag, length) = (rest[0], BinaryPrimitives.ReadUInt16BigEndian(rest[1..]));
        if (flag > 1 || rest.Length < 3 + length)
        {
            return false;
        }

        member = new Member(new NodeId(id), flag == 1, Encoding.Latin1.GetString(rest.Slice(3, length)));
        rest = rest[(3 + length)..];
        return true;
    }
}
