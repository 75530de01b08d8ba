using System.Buffers.Binary;
using ReplicatedBook.Benchmarks.Flash1;
using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: a file is read as it is meant, and one that is damaged is refused with the reason.</summary>
public sealed class WorkloadFileTests
{
    [Fact]
    public void Every_kind_of_message_is_read() => Assert.Equal(
        [
            Operation.Place(5, isBuy: true, 33_504, 100),
            Operation.Immediate(6, isBuy: false, 33_500, 1),
            Operation.Replace(5, isBuy: true, 33_505, 101),
            Operation.Cancel(5),
        ],
        WorkloadFile.Parse(Sample()));

    [Fact]
    public void Missing_file_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "none.bin");
        Assert.StartsWith(path, Refusal(() => WorkloadFile.Read(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void File_is_read_and_a_damaged_one_is_named()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Sample());
            Assert.Equal(4, WorkloadFile.Read(path).Length);
            File.WriteAllBytes(path, Sample()[..^1]);
            var refusal = Refusal(() => WorkloadFile.Read(path));
            Assert.StartsWith(path, refusal, StringComparison.Ordinal);
            Assert.Contains("truncated", refusal, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(0, "only 0 bytes")]
    [InlineData(15, "only 15 bytes")]
    [InlineData(16, "truncated: 4 messages need 176 bytes, there are 16")]
    [InlineData(175, "truncated")]
    public void Cut_content_is_refused(int length, string reason) =>
        Assert.Contains(reason, Refusal(() => WorkloadFile.Parse(Sample()[..length])), StringComparison.Ordinal);

    [Fact]
    public void Surplus_content_is_refused() => Assert.Contains(
        "too long", Refusal(() => WorkloadFile.Parse([.. Sample(), 0])), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0, "not a workload")]
    [InlineData(8, 2, "version 2")]
    [InlineData(16, 3, "message 0: type 3")]
    [InlineData(17, 2, "side 2")]
    [InlineData(18, 2, "immediate 2")]
    [InlineData(24, 1, "sequence 1")]
    [InlineData(20, 0, "quantity 0")]
    [InlineData(47, 255, "price -")]
    public void Changed_byte_is_refused(int position, byte value, string reason)
    {
        var bytes = Sample();
        bytes[position] = value;
        Assert.Contains(reason, Refusal(() => WorkloadFile.Parse(bytes)), StringComparison.Ordinal);
    }

    private static string Refusal(Func<Operation[]> read) => Assert.Throws<InvalidDataException>(read).Message;

    private static byte[] Sample()
    {
        var bytes = new byte[WorkloadFile.HeaderBytes + (4 * WorkloadFile.RecordBytes)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, WorkloadFile.Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), WorkloadFile.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), 4);
        Write(bytes, 0, type: 0, side: 0, isImmediate: 0, lots: 100, order: 5, price: 33_504);
        Write(bytes, 1, type: 0, side: 1, isImmediate: 1, lots: 1, order: 6, price: 33_500);
        Write(bytes, 2, type: 2, side: 0, isImmediate: 0, lots: 101, order: 5, price: 33_505);
        Write(bytes, 3, type: 1, side: 0, isImmediate: 0, lots: 101, order: 5, price: 33_505);
        return bytes;
    }

    private static void Write(
        byte[] bytes, int position, byte type, byte side, byte isImmediate, uint lots, long order, long price)
    {
        var record = bytes.AsSpan(WorkloadFile.HeaderBytes + (position * WorkloadFile.RecordBytes));
        (record[0], record[1], record[2]) = (type, side, isImmediate);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], lots);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], position);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], order);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], price);
    }
}
