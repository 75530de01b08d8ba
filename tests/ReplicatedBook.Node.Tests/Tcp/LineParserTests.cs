using System.Text;
using ReplicatedBook.Node.Api.Tcp;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: every line is a command or has a stated defect. Method: each command as API.md 5 writes it, each
/// alias, each kind of mistake, and very many lines with mistakes in them.</summary>
public sealed class LineParserTests
{
    private const int Mutations = 100_000;

    [Theory]
    [InlineData("AUTH t rbk_1_x", "Auth t rbk_1_x")]
    [InlineData("NEW t BTC-USD B LIMIT 1.5 2", "New t BTC-USD buy limit 1.5 2")]
    [InlineData("n t BTC-USD s mkt - 2", "New t BTC-USD sell market - 2")]
    [InlineData("NEW t b1:2 BACK LIMIT 3.5 10 cid=x account=a1", "New t b1:2 back limit 3.5 10 account=a1 cid=x")]
    [InlineData("NEW t b1:2 LAY L 3.5 10 stp=none", "New t b1:2 lay limit 3.5 10 stp=none")]
    [InlineData("MODIFY t 7 1.5 -", "Modify t 7 1.5 -")]
    [InlineData("m t 7 - 3", "Modify t 7 - 3")]
    [InlineData("CANCEL t 7", "Cancel t 7")]
    [InlineData("C t cid=a=b", "Cancel t cid=a=b")]
    [InlineData("CANCELALL t", "CancelAll t")]
    [InlineData("CANCELALL t BTC-USD", "CancelAll t BTC-USD")]
    [InlineData("CANCELALL t account=a1", "CancelAll t account=a1")]
    [InlineData("ORDER t 7", "Order t 7")]
    [InlineData("O t cid=x min_index=5", "Order t cid=x min_index=5")]
    [InlineData("SNAPSHOT t BTC-USD", "Snapshot t BTC-USD")]
    [InlineData("S t X level=3 depth=5 at_index=9", "Snapshot t X at_index=9 depth=5 level=3")]
    [InlineData("CREDIT t a1 USD 10.00", "Credit t a1 USD 10.00")]
    [InlineData("A t a1 USD 10.00", "Credit t a1 USD 10.00")]
    [InlineData("BALANCE t a1", "Balance t a1")]
    [InlineData("B t a1 consistency=weak", "Balance t a1 consistency=weak")]
    [InlineData("FEED t ON from=5 symbol=X", "Feed t on from=5 symbol=X")]
    [InlineData("F t off", "Feed t off")]
    [InlineData("STATUS t", "Status t")]
    [InlineData("COD t ON grace_ms=500", "CancelOnDisconnect t on grace_ms=500")]
    [InlineData("PING 1234567890123456", "Ping 1234567890123456")]
    [InlineData("QUIT", "Quit ")]
    [InlineData("QUIT t\r", "Quit t")]
    [InlineData("PING -", "Ping -")]
    public void A_command_is_understood(string line, string expected) => Assert.Equal(expected, TextOf(Read(line)));

    [Theory]
    [InlineData("buy", "B", "BUY", "b")]
    [InlineData("sell", "S", "SELL", "A", "sell")]
    [InlineData("back", "BACK")]
    [InlineData("lay", "LAY", "lay")]
    public void A_side_has_these_words(string side, params string[] words) =>
        Assert.All(words, word => Assert.Equal(side, Read($"N t X {word} L 1 1").Command?.Fields[1]));

    [Theory]
    [InlineData("limit", "LIMIT", "L")]
    [InlineData("market", "MARKET", "M", "MKT")]
    [InlineData("ioc", "IOC")]
    [InlineData("fok", "FOK")]
    [InlineData("post", "POST", "POST_ONLY", "POSTONLY", "PO")]
    public void A_type_has_these_words(string type, params string[] words) =>
        Assert.All(words, word => Assert.Equal(type, Read($"N t X B {word} 1 1").Command?.Fields[2]));

    [Theory]
    [InlineData("on", "ON", "yes", "1", "events", "sub", "subscribe")]
    [InlineData("off", "OFF", "no", "0", "none", "stop", "unsub", "unsubscribe")]
    public void The_feed_is_switched_with_these_words(string mode, params string[] words) =>
        Assert.All(words, word => Assert.Equal(mode, Read($"FEED t {word}").Command?.Fields[0]));

    [Theory]
    [InlineData("", "one space stands between two fields, and nowhere else")]
    [InlineData("\r", "one space stands between two fields, and nowhere else")]
    [InlineData("PING  t", "one space stands between two fields, and nowhere else")]
    [InlineData(" PING t", "one space stands between two fields, and nowhere else")]
    [InlineData("PING t ", "one space stands between two fields, and nowhere else")]
    [InlineData("PING\tt", "a line is printable ASCII")]
    [InlineData("PING \u00e9", "a line is printable ASCII")]
    [InlineData("PI\rNG t", "a line is printable ASCII")]
    [InlineData("PING t\0", "a line is printable ASCII")]
    [InlineData("HELLO t", "there is no such command")]
    [InlineData("NE t", "there is no such command")]
    [InlineData("PING", "a tag of 1 to 16 characters follows the command")]
    [InlineData("PING 12345678901234567", "a tag of 1 to 16 characters follows the command")]
    public void A_line_that_is_no_command_is_malformed(string line, string message) =>
        Assert.Equal(new LineDefect(null, Contracts.ProblemCodes.MalformedRequest, message), Read(line).Defect);

    [Theory]
    [InlineData("NEW t", "missing_field", "symbol is missing")]
    [InlineData("NEW t X", "missing_field", "side is missing")]
    [InlineData("NEW t X B", "missing_field", "type is missing")]
    [InlineData("NEW t X B L", "missing_field", "price is missing")]
    [InlineData("NEW t X B L 1", "missing_field", "qty is missing")]
    [InlineData("NEW t X/Y B L 1 1", "invalid_field", "symbol must be a symbol")]
    [InlineData("NEW t X UP L 1 1", "invalid_field", "side must be B, S, BACK or LAY")]
    [InlineData("NEW t X B STOP 1 1", "invalid_field", "type must be LIMIT, MARKET, IOC, FOK or POST")]
    [InlineData("NEW t X B L 1e3 1", "invalid_field", "price must be a decimal or -")]
    [InlineData("NEW t X B L 1 -1", "invalid_field", "qty must be a decimal or -")]
    [InlineData("NEW t X B L 1 01", "invalid_field", "qty must be a decimal or -")]
    [InlineData("NEW t X B L 1 1 1", "unknown_field", "1 is no field of this command")]
    [InlineData("NEW t X B L 1 1 size=1", "unknown_field", "size is no field of this command")]
    [InlineData("NEW t X B L 1 1 =1", "unknown_field", "=1 is no field of this command")]
    [InlineData("NEW t X B L 1 1 cid=", "invalid_field", "cid has no value")]
    [InlineData("NEW t X B L 1 1 cid=a cid=a", "duplicate_field", "cid is given twice")]
    [InlineData("MODIFY t 7 1", "missing_field", "qty is missing")]
    [InlineData("MODIFY t cid=x 1 1", "invalid_field", "order must be an order's id")]
    [InlineData("CANCEL t", "missing_field", "order is missing")]
    [InlineData("CANCEL t cid=", "invalid_field", "order must be an order's id or cid=x")]
    [InlineData("CANCELALL t X Y", "unknown_field", "Y is no field of this command")]
    [InlineData("ORDER t ../7", "invalid_field", "order must be an order's id or cid=x")]
    [InlineData("SNAPSHOT t X B", "unknown_field", "B is no field of this command")]
    [InlineData("CREDIT t a1 USD ten", "invalid_field", "amount must be a decimal")]
    [InlineData("CREDIT t a1 USD", "missing_field", "amount is missing")]
    [InlineData("BALANCE t", "missing_field", "account is missing")]
    [InlineData("FEED t maybe", "invalid_field", "mode must be ON or OFF")]
    [InlineData("COD t 1", "invalid_field", "mode must be ON or OFF")]
    [InlineData("STATUS t now", "unknown_field", "now is no field of this command")]
    [InlineData("AUTH t", "missing_field", "token is missing")]
    [InlineData("QUIT t now", "unknown_field", "now is no field of this command")]
    public void A_command_with_a_mistake_says_which(string line, string code, string message)
    {
        var defect = Read(line).Defect!;

        Assert.Equal(("t", code, message), (defect.Tag, defect.Code.Code, defect.Message));
    }

    [Fact]
    public void A_line_has_at_most_1024_bytes()
    {
        var longest = "AUTH t " + new string('x', LineGrammar.MaxLineBytes - 7);

        Assert.NotNull(Read(longest).Command);
        Assert.NotNull(Read(longest + "\r").Command);
        Assert.Equal("a line has at most 1024 bytes", Read(longest + "x").Defect?.Message);
    }

    [Fact]
    public void Every_mutated_line_is_a_command_or_has_a_defect()
    {
        var mutations = new LineMutations(seed: 20_261_122);
        var understood = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var line = mutations.Next();

            var (command, defect) = LineParser.Read(line);

            Assert.True(command is null != defect is null, Encoding.Latin1.GetString(line));
            understood += command is null ? 0 : 1;
            Assert.True(defect is null || (defect.Message.Length > 0 && defect.Tag?.Length is null or > 0 and <= 16));
        }

        Assert.InRange(understood, Mutations / 50, Mutations / 2); // The mistakes are near enough to what is right.
    }

    private static LineReading Read(string line) => LineParser.Read(Encoding.Latin1.GetBytes(line));

    private static string TextOf(LineReading read) => read.Command is not { } command
        ? $"{read.Defect}"
        : string.Join(' ', [
            $"{command.Verb}", command.Tag, .. command.Fields,
            .. command.Options.OrderBy(option => option.Key).Select(option => $"{option.Key}={option.Value}")]);
}
