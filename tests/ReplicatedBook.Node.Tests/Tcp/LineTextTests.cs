using System.Text;
using Microsoft.AspNetCore.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Api.Tcp;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: what a route refuses is told in one line of printable ASCII, whatever it says. Method: problems as
/// routes answer them.</summary>
public sealed class LineTextTests
{
    [Theory]
    [InlineData("outcome_unknown", "unknown", "it may", "ERR t outcome_unknown outcome=unknown msg=it%20may")]
    [InlineData("no_leader", "not_executed", "a b", "ERR t no_leader outcome=not_executed msg=a%20b")]
    [InlineData("self_trade", "rejected", "x", "ERR t self_trade outcome=rejected index=88 msg=x")]
    [InlineData("internal", "unknown", "ü\\n", "ERR t internal outcome=unknown msg=%C3%BC%0A")]
    public void A_problem_is_one_line(string code, string outcome, string detail, string line) =>
        Assert.Equal(line + "\n", LineText.Of("t", Answer(code, outcome, detail)));

    [Fact]
    public void A_long_message_is_cut_so_that_the_line_is_one_that_clients_take()
    {
        var line = LineText.Of(new string('t', 16), Answer("internal", "rejected", new string(' ', 10_000)));

        Assert.InRange(line.Length, 900, LineGrammar.MaxLineBytes);
    }

    [Theory]
    [InlineData("a=b:c,d", "a=b:c,d")]
    [InlineData("50% off", "50%25%20off")]
    [InlineData("\u00fc\n", "%C3%BC%0A")]
    public void A_value_has_no_space_and_no_line_end(string value, string shown) =>
        Assert.Equal(shown, LineText.Value(value));

    private static RouteAnswer Answer(string code, string outcome, string detail) => new(
        422, new HeaderDictionary(), Encoding.UTF8.GetBytes(
            $$"""
            {"type":"t","title":"T","status":422,"code":"{{code}}","detail":"{{detail}}","outcome":"{{outcome}}",
             "retryable":false,"index":88}
            """));
}
