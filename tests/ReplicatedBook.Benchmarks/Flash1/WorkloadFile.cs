using System.Buffers.Binary;
using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>Reads the workload files of github.com/flash1-dev/matching-engine-benchmark (layout in README.md).
/// </summary>
internal static class WorkloadFile
{
    /// <summary>Bytes before the first record.</summary>
    public const int HeaderBytes = 16;

    /// <summary>Bytes of a record.</summary>
    public const int RecordBytes = 40;

    /// <summary>What every file begins with.</summary>
    public const ulong Magic = 0x4D4542575F303031;

    /// <summary>The only version there is.</summary>
    public const uint Version = 1;

    private const byte New = 0;
    private const byte Cancel = 1;
    private const byte Modify = 2;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">It is missing, no workload, cut short, or too long.</exception>
    public static Operation[] Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {exception.Message}", exception);
        }

        try
        {
            return Parse(bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a file's content.</summary>
    /// <exception cref="InvalidDataException">It is no workload, cut short, or too long.</exception>
    public static Operation[] Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes)
        {
            throw new InvalidDataException($"only {bytes.Length} bytes, the header alone has {HeaderBytes}");
        }

        var magic = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (magic != Magic)
        {
            throw new InvalidDataException($"begins with {magic:x16} instead of {Magic:x16}: not a workload");
        }

        if (version != Version)
        {
            throw new InvalidDataException($"version {version}; only version {Version} is known");
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        var expected = HeaderBytes + (RecordBytes * (long)count);
        if (bytes.Length != expected)
        {
            var trouble = bytes.Length < expected ? "truncated" : "too long";
            throw new InvalidDataException(
                $"{trouble}: {count} messages need {expected} bytes, there are {bytes.Length}");
        }

        var operations = new Operation[count];
        for (var i = 0; i < operations.Length; i++)
        {
            operations[i] = Record(bytes.Slice(HeaderBytes + (RecordBytes * i), RecordBytes), i);
        }

        return operations;
    }

    private static Operation Record(ReadOnlySpan<byte> record, int position)
    {
        var (type, side, isImmediate) = (record[0], record[1], record[2]);
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(record[8..]);
        if (type > Modify || side > 1 || isImmediate > 1 || sequence != (ulong)position)
        {
            throw new InvalidDataException(
                $"message {position}: type {type}, side {side}, immediate {isImmediate}, sequence {sequence}");
        }

        var lots = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);
        var order = BinaryPrimitives.ReadInt64LittleEndian(record[16..]);
        var price = BinaryPrimitives.ReadInt64LittleEndian(record[24..]);
        if (type != Cancel && (lots == 0 || price <= 0))
        {
            throw new InvalidDataException($"message {position}: quantity {lots}, price {price}");
        }

        return (type, isImmediate) switch
        {
            (New, 1) => Operation.Immediate(order, side == 0, price, lots),
            (New, _) => Operation.Place(order, side == 0, price, lots),
            (Cancel, _) => Operation.Cancel(order),
            _ => Operation.Replace(order, side == 0, price, lots),
        };
    }
}
