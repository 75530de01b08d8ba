using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: texts of the protocol mean what gRPC says. Method: examples.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("1S", 1_000.0)]
    [InlineData("99999999m", 99_999_999.0)]
    [InlineData("2M", 120_000.0)]
    [InlineData("1H", 3_600_000.0)]
    [InlineData("500u", 0.5)]
    [InlineData("1000000n", 1.0)]
    [InlineData("0m", 0.0)]
    public void A_deadline_is_digits_and_a_unit(string text, double milliseconds) =>
        Assert.Equal(milliseconds, TimeoutText.Parse(text)?.TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    [InlineData("１S")]
    public void Other_texts_are_no_deadline(string text) => Assert.Null(TimeoutText.Parse(text));

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("100% é\n", "100%25 %C3%A9%0A")]
    public void A_message_is_percent_encoded(string text, string encoded) =>
        Assert.Equal(encoded, PercentText.Encode(text));

    [Fact]
    public void Enumerations_have_the_words_of_the_http_interface()
    {
        Assert.Equal("stop_limit", Words.Of(OrderType.StopLimit));
        Assert.Equal("cancel_both", Words.Of(Stp.CancelBoth));
        Assert.Equal("gtd", Words.Of(TimeInForce.Gtd));
        Assert.Null(Words.Of(Side.Unspecified));
        Assert.Equal("unknown", Words.Of((Side)99));
        Assert.Equal(InstrumentStatus.CancelOnly, Words.To<InstrumentStatus>("cancel_only"));
        Assert.Equal(OrderStatus.Unspecified, Words.To<OrderStatus>("of a later version"));
    }
}
