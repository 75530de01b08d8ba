using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Reads bytes that this code wrote itself (events, results, snapshots): anything unexpected is a damaged file
/// or
/// a foreign version, so it throws.</summary>
/// <param name="bytes">What to read.</param>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private MessagePackReader _reader = new(bytes);

    /// <summary>Whether all bytes were read.</summary>
    public readonly bool IsAtEnd => _reader.IsAtEnd;

    /// <summary>Bytes read so far.</summary>
    public readonly int Consumed => _reader.Consumed;

    /// <summary>Throws unless the condition holds.</summary>
    /// <exception cref="FormatException">It does not.</exception>
    public readonly void Expect(bool condition, string what)
    {
        if (!condition)
        {
            throw new FormatException($"{what} is wrong before byte {_reader.Consumed}");
        }
    }

    /// <summary>Reads nil if it is next.</summary>
    public bool Nil() => _reader.TryReadNil();

    /// <summary>Reads a boolean.</summary>
    public bool Boolean()
    {
        Expect(_reader.TryReadBoolean(out var value), "a boolean");
        return value;
    }

    /// <summary>Reads an integer.</summary>
    public long Integer()
    {
        Expect(_reader.TryReadInteger(out var value), "an integer");
        return value;
    }

    /// <summary>Reads an integer within bounds.</summary>
    public long Integer(long min, long max)
    {
        var value = Integer();
        Expect(value >= min && value <= max, "the range of an integer");
        return value;
    }

    /// <summary>Reads an integer of 32 bits.</summary>
    public int Int32() => (int)Integer(int.MinValue, int.MaxValue);

    /// <summary>Reads a whole number of 128 bits.</summary>
    public Int128 Wide()
    {
        Expect(_reader.TryReadWide(out var value), "a wide integer");
        return value;
    }

    /// <summary>Reads an array header; the count is at most the bytes left.</summary>
    public int Array()
    {
        Expect(_reader.TryReadArrayHeader(out var count), "an array");
        return count;
    }

    /// <summary>Reads the header of an array of known length.</summary>
    public void Array(int count) => Expect(Array() == count, "the length of an array");

    /// <summary>Reads a text's bytes.</summary>
    public ReadOnlySpan<byte> Utf8()
    {
        Expect(_reader.TryReadText(out var utf8), "a text");
        return utf8;
    }

    /// <summary>Reads a text of printable ASCII.</summary>
    public string Text(int maxLength)
    {
        var utf8 = Utf8();
        Expect(utf8.Length <= maxLength && TextRules.IsPrintable(utf8), "the characters of a text");
        return System.Text.Encoding.ASCII.GetString(utf8);
    }

    /// <summary>Reads a text for people.</summary>
    public string WideText(int maxBytes)
    {
        Expect(TextRules.TryDecode(Utf8(), maxBytes, mayHaveLines: true, out var text), "the characters of a text");
        return text;
    }

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        Expect(_reader.TryReadBytes(out var bytes), "bytes");
        return bytes;
    }

    /// <summary>Reads a value of an enumeration that starts at 0 or 1 and has no gaps.</summary>
    /// <param name="last">Its last value.</param>
    public T Enum<T>(T last)
        where T : unmanaged, System.Enum
    {
        var value = (byte)Integer(0, Unsafe.BitCast<T, byte>(last));
        return Unsafe.BitCast<byte, T>(value);
    }

    /// <summary>Reads a client order id, empty for nil.</summary>
    public ClientOrderId ClientOrderId()
    {
        if (Nil())
        {
            return default;
        }

        var utf8 = Utf8();
        Expect(Values.ClientOrderId.TryCreate(utf8, out var id) && !utf8.IsEmpty, "a client order id");
        return id;
    }

    /// <summary>Reads an order id.</summary>
    public OrderId Order() => new(Integer());

    /// <summary>Reads a trade id.</summary>
    public TradeId Trade() => new(Integer());

    /// <summary>Reads an account id.</summary>
    public AccountId Account() => new(Integer());

    /// <summary>Reads an instrument id.</summary>
    public InstrumentId Instrument() => new(Int32());

    /// <summary>Reads an asset id.</summary>
    public AssetId Asset() => new(Int32());

    /// <summary>Reads a betting market's id.</summary>
    public BettingMarketId BettingMarket() => new(Int32());

    /// <summary>Reads a runner's id.</summary>
    public RunnerId Runner() => new(Int32());

    /// <summary>Reads odds.</summary>
    public Odds Odds() => new(Int32());

    /// <summary>Reads a price.</summary>
    public Price Price() => new(Integer());

    /// <summary>Reads a quantity.</summary>
    public Quantity Quantity() => new(Integer());

    /// <summary>Reads an amount.</summary>
    public Amount Amount() => new(Integer());

    /// <summary>Reads a time.</summary>
    public Timestamp Timestamp() => new(Integer());

    /// <summary>Reads a time; null for 0.</summary>
    public Timestamp? TimestampOrNull()
    {
        var time = Timestamp();
        return time.Microseconds == 0 ? null : time;
    }

    /// <summary>Reads a user's id.</summary>
    public UserId User() => new(Integer());

    /// <summary>Reads at least one role.</summary>
    public Roles Roles() => (Roles)Integer(1, (long)Identity.IdentityRules.AllRoles);

    /// <summary>Reads at least one scope.</summary>
    public Scopes Scopes() => (Scopes)Integer(1, (long)Identity.IdentityRules.AllScopes);

    /// <summary>Reads 32 bytes.</summary>
    public Bytes32 Bytes32()
    {
        var bytes = Bytes();
        Expect(bytes.Length == Values.Bytes32.Size, "the length of bytes");
        return new Bytes32(bytes);
    }

    /// <summary>Reads an instrument's rules.</summary>
    public OrderRules Rules()
    {
        var rules = new OrderRules(Integer(), Integer(), Int32());
        Expect(rules.AreValid, "the rules of an instrument");
        return rules;
    }
}
