using System.Globalization;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: real order flow. Method: NASDAQ's own messages as commands; after each row the book and the fills
/// must be
/// those that NASDAQ itself reported, without exception.</summary>
public sealed class LobsterTests
{
    [Fact]
    public void Apple_single_executions_match_the_exchange() => Replay("dev_aapl_l10_open", "single");

    [Fact]
    public void Apple_sweeps_match_the_exchange() => Replay("dev_aapl_l10_open", "sweep");

    [Fact]
    public void Amazon_single_executions_match_the_exchange() => Replay("dev_amzn_l5_103_4266", "single");

    [Fact]
    public void Amazon_sweeps_match_the_exchange() => Replay("dev_amzn_l5_103_4266", "sweep");

    private static void Replay(string segment, string mode)
    {
        var folder = TestData.PathOf("lobster", segment, mode);
        var replay = new Replayed(Rows(Path.Combine(folder, "expected_fills.csv")));
        var commands = Rows(Path.Combine(folder, "cmds.csv"));
        var next = 0;
        var books = Rows(Path.Combine(folder, "expected_book.csv"));
        foreach (var book in books)
        {
            var row = Number(book[0]);
            for (; next < commands.Count && Number(commands[next][0]) <= row; next++)
            {
                replay.Apply(commands[next]);
            }


            // The first row is the seed, whose orders carry the next row's number.
            if (!ReferenceEquals(book, books[0]))
            {
                Assert.Equal(book.Skip(1).Select(Number), replay.Top(levels: (book.Length - 1) / 4));
            }
        }

        Assert.Equal(commands.Count, next);
        Assert.True(replay.AllFillsSeen, "every fill that the exchange reported was seen");
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static List<string[]> Rows(string path) =>
        [.. File.ReadLines(path).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];

    private sealed class Replayed
    {
        private const long NoPrice = 9_999_999_999;

        private readonly Venue _venue = Venue.Trading(accounts: 2, funds: 1_000_000_000_000_000);
        private readonly Dictionary<long, long> _orders = [];
        private readonly ILookup<long, (long Maker, long Price, long Lots)> _fills;
        private long _seen;

        public Replayed(List<string[]> fills) => _fills = fills.ToLookup(
            fill => Number(fill[0]), fill => (Number(fill[1]), Number(fill[2]), Number(fill[3])));

        public bool AllFillsSeen => _seen == _fills.Sum(group => group.LongCount());

        public void Apply(string[] command)
        {
            var (order, price, lots) = (Number(command[4]), Number(command[6]), Number(command[7]));
            var side = command[5] == "B" ? Side.Buy : Side.Sell;
            switch (command[3])
            {
                case "LIMIT":
                    var placed = _venue.Place(1, side, price, lots);
                    Assert.Empty(placed.Fills);
                    _orders[order] = placed.Order!.Id.Value;
                    break;
                case "IOC":
                    var fills = _venue.Place(2, side, price, lots, TimeInForce.ImmediateOrCancel).Fills;
                    var expected = _fills[Number(command[0])].Select(f => (_orders[f.Maker], f.Price, f.Lots)).ToList();
                    Assert.Equal(expected, fills.Select(f => (f.MakerOrder.Value, f.Price.Ticks, f.Quantity.Lots)));
                    _seen += expected.Count;
                    break;
                case "CANCEL":
                    Assert.True(_venue.Cancel(1, _orders[order]).IsAccepted);
                    break;
                default:
                    Assert.Equal("REDUCE", command[3]);
                    var before = _venue.Exchange.FindOrder(new OrderId(_orders[order]))!;
                    Assert.True(_venue.Amend(1, before, quantity: before.Quantity.Lots - lots).IsAccepted);
                    break;
            }
        }

        public IEnumerable<long> Top(int levels)
        {
            var book = _venue.Exchange.Book(new InstrumentId(Venue.Symbol), levels, withOrders: false)!;
            for (var i = 0; i < levels; i++)
            {
                yield return i < book.Asks.Count ? book.Asks[i].Price.Ticks : NoPrice;
                yield return i < book.Asks.Count ? book.Asks[i].Quantity.Lots : 0;
                yield return i < book.Bids.Count ? book.Bids[i].Price.Ticks : -NoPrice;
                yield return i < book.Bids.Count ? book.Bids[i].Quantity.Lots : 0;
            }
        }
    }
}
