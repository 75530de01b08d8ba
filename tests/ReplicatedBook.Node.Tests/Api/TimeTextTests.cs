using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:01Z", 1_000_000)]
    [InlineData("1970-01-01T00:00:01.5Z", 1_500_000)]
    [InlineData("1970-01-01T00:00:00.000001Z", 1)]
    [InlineData("1970-01-01T01:00:01+01:00", 1_000_000)]
    [InlineData("1969-12-31T23:00:01.25-01:00", 1_250_000)]
    public void Times_of_rfc_3339_are_read(string text, long microseconds) =>
        Assert.Equal(new Timestamp(microseconds), TimeText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2030-01-01")]
    [InlineData("2030-01-01T00:00:00")]
    [InlineData("2030-01-01 00:00:00Z")]
    [InlineData("2030-01-01T00:00Z")]
    [InlineData("2030-01-01T00:00:00.Z")]
    [InlineData("2030-01-01T00:00:00.1234567Z")]
    [InlineData("2030-01-01T00:00:00+1:00")]
    [InlineData("2030-01-01T00:00:00.1+1:00")]
    [InlineData("2030-01-01T00:00:00.12+1:00")]
    [InlineData("2030-13-01T00:00:00Z")]
    [InlineData("2030-02-30T00:00:00Z")]
    [InlineData("2030-01-01T00:00:00ZZ")]
    [InlineData(" 2030-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("1893456000")]
    public void Other_texts_are_none(string text) => Assert.Null(TimeText.Parse(text));

    [Fact]
    public void What_is_given_out_is_read_back() =>
        Assert.Equal(new Timestamp(1_893_456_000_123_456), TimeText.Parse(
            TimeText.Of(new Timestamp(1_893_456_000_123_456))));
}
