using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", "0", 0)]
    [InlineData("0.000000000001", "1", 12)]
    [InlineData("999999999999999999.999999999999", "999999999999999999999999999999", 12)]
    [InlineData("10.50", "1050", 2)]
    public void Texts_are_read_exactly(string text, string mantissa, int scale)
    {
        Assert.True(DecimalText.TryParse(text, out var read, out var readScale));
        Assert.Equal((Int128.Parse(mantissa, CultureInfo.InvariantCulture), scale), (read, readScale));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("00")]
    [InlineData("01.5")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("1e3")]
    [InlineData("٣")]
    [InlineData("1 ")]
    [InlineData("1000000000000000000")]
    [InlineData("0.0000000000001")]
    public void Other_texts_are_not_read(string text) => Assert.False(DecimalText.TryParse(text, out _, out _));

    [Theory]
    [InlineData("1.50", 25, 2, "6")]
    [InlineData("1.500000", 5, 1, "3")]
    [InlineData("1.51", 25, 2, null)]
    [InlineData("0.001", 1, 2, null)]
    [InlineData("999999999999999999.999999999999", 1, 12, "999999999999999999999999999999")]
    public void Only_whole_numbers_of_steps_are_steps(string text, long step, int stepScale, string? steps)
    {
        Assert.True(DecimalText.TryParse(text, out var mantissa, out var scale));
        Assert.Equal(
            steps is null ? null : Int128.Parse(steps, CultureInfo.InvariantCulture),
            DecimalText.ToSteps(mantissa, scale, step, stepScale));
    }

    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(0, 4, "0.0000")]
    [InlineData(5, 2, "0.05")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(123456, 2, "1234.56")]
    [InlineData(long.MinValue, 12, "-9223372.036854775808")]
    public void Numbers_are_written_with_exactly_their_scale(long units, int scale, string text) =>
        Assert.Equal(text, DecimalText.Format(units, scale));

    /// <summary>Goal: writing and reading are inverse. Method: any number of units at any scale; decimal is the naive
    /// twin.</summary>
    [Fact]
    public void What_is_written_is_read_again_and_agrees_with_decimal() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<long>().Filter(units => units >= 0), ArbMap.Default.ArbFor<byte>(),
            (units, seed) =>
            {
                var scale = seed % (DecimalText.MaxScale + 1);
                var text = DecimalText.Format(units, scale);

                Assert.Equal(new decimal(units) / Pow(scale), decimal.Parse(text, CultureInfo.InvariantCulture));
                if (DecimalText.TryParse(text, out var mantissa, out var readScale))
                {
                    Assert.Equal(((Int128)units, scale), (mantissa, readScale));
                    Assert.Equal((Int128)units, DecimalText.ToSteps(mantissa, readScale, 1, scale));
                }
                else
                {
                    Assert.True(scale == 0 && units > 999_999_999_999_999_999);
                }
            }).QuickCheckThrowOnFailure();

    private static decimal Pow(int scale)
    {
        var power = 1m;
        for (var i = 0; i < scale; i++)
        {
            power *= 10;
        }

        return power;
    }
}
