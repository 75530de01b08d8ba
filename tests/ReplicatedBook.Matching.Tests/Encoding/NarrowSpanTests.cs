using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>What is written without looking at each value is what is written by looking.</summary>
public sealed class NarrowSpanTests
{
    private const int Room = PackedSpan.NarrowScalars * PackedSpan.MaxScalar;

    [Fact]
    public void All_that_is_narrow_has_the_bytes_of_one_by_one()
    {
        for (var bit = 0; bit < 32; bit++)
        {
            foreach (var value in new[] { 0, 1L << bit, (1L << bit) - 1, (2L << bit) - 1 })
            {
                for (var text = 0; text <= ClientOrderId.MaxLength; text++)
                {
                    byte[] narrow = new byte[3 + Room], any = new byte[3 + Room];
                    var before = new PackedSpan(narrow);
                    before.ArrayHeader(9, 1, 2);
                    var one = new PackedSpan(any);
                    one.ArrayHeader(9, 1, 2);
                    var length = Write(before.Narrow(), value, text);
                    Assert.Equal(any[..Write(one, value, text)], narrow[..length]);
                }
            }
        }
    }

    [Fact]
    public void Room_for_all_is_asked_for_at_the_start()
    {
        _ = new PackedSpan(new byte[Room]).Narrow();
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new PackedSpan(new byte[Room - 1]).Narrow());
        Assert.ThrowsAny<ArgumentException>(
            () => new PackedSpan(new byte[Room]).Narrow().TextOrNil(new byte[PackedSpan.NarrowText]));
    }

    [Theory]
    [InlineData(1L << 32)]
    [InlineData((1L << 32) - 1)]
    [InlineData(long.MaxValue)]
    public void One_wide_integer_of_a_frequent_event_is_told_whole(long wide)
    {
        for (var place = 0; place < 8; place++)
        {
            var v = Enumerable.Range(0, 8).Select(i => i == place ? wide : i + 1L).ToArray();
            var instrument = new InstrumentId(3);
            var accepted = new OrderAccepted(
                new OrderId(v[0]), new AccountId(7), default, instrument, Side.Sell, OrderType.Limit, new Price(v[1]),
                new Quantity(v[2]), TimeInForce.GoodTilDate, true);
            var canceled = new OrderCanceled(
                new OrderId(v[0]), new AccountId(7), instrument, Side.Sell, new Price(v[1]), new Quantity(v[2]),
                StatusReason.UserRequest);
            var trade = new Trade(
                new TradeId(v[0]), instrument, new Price(v[1]), new Quantity(v[2]), Side.Buy, new OrderId(v[3]),
                new OrderId(v[4]), new AccountId(7), new AccountId(8), new Amount(v[5]), new Amount(v[6]),
                new Quantity(v[7]));
            var (events, told) = (new EventBuffer(), new RecordedEvents());
            events.On(in accepted);
            events.On(in canceled);
            events.On(in trade);
            EventCodec.Read(events.Bytes, told);
            Assert.Equal<object>([accepted, canceled, trade], told.All);
        }
    }

    private static int Write<TPacker>(TPacker packed, long value, int text)
        where TPacker : struct, IPacker, allows ref struct
    {
        packed.Integer(value);
        packed.TextOrNil("0123456789ABCDEF0123456789ABCDEF0123"u8[..text]);
        packed.Small(127);
        packed.Boolean(text % 2 == 0);
        packed.Integer(text);
        return packed.Length;
    }
}
