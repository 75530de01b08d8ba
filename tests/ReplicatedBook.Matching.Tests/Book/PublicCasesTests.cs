using System.Text.Json;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: what others expect of a matching engine. Method: 46 cases of public exercises; one account per user,
/// and no
/// self-trade prevention, because those exercises know none.</summary>
public sealed class PublicCasesTests
{
    private const int ExpectedCases = 46;

    [Fact]
    public void All_cases_of_public_exercises_give_the_expected_trades_and_books()
    {
        var lines = File.ReadAllLines(TestData.PathOf("matching-cases", "cases.jsonl"));
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            new Case(document.RootElement).Run();
        }

        Assert.Equal(ExpectedCases, lines.Length);
    }

    private sealed class Case(JsonElement root)
    {
        private readonly Venue _venue = Venue.Trading(accounts: 2, funds: 1_000_000_000_000);
        private readonly Dictionary<string, int> _instruments = [];
        private readonly Dictionary<(int User, long Id), long> _orders = [];
        private readonly bool _isPostOnly = root.GetProperty("suite").GetString()!.StartsWith(
            "kraken-nocross", StringComparison.Ordinal);

        public void Run()
        {
            foreach (var step in root.GetProperty("steps").EnumerateArray())
            {
                switch (step.GetProperty("op").GetString())
                {
                    case "flush":
                        _venue.Send(new CancelOrders(default, default, null), user: 1);
                        _venue.Send(new CancelOrders(default, default, null), user: 2);
                        break;
                    case "cancel":
                        var key = (step.GetProperty("user").GetInt32(), step.GetProperty("id").GetInt64());
                        _venue.Cancel(AccountOf(step), _orders.GetValueOrDefault(key, 999_999));
                        break;
                    default:
                        Place(step);
                        break;
                }

                Check(step);
            }
        }

        private static int AccountOf(JsonElement step) => step.GetProperty("user").GetInt32() == 2 ? 2 : 1;

        private void Place(JsonElement step)
        {
            var isMarket = step.GetProperty("op").GetString() == "market" || step.GetProperty("px").GetInt64() == 0;
            var side = step.GetProperty("side").GetString() == "B" ? Side.Buy : Side.Sell;
            var outcome = _venue.Place(
                AccountOf(step), side, isMarket ? 0 : step.GetProperty("px").GetInt64(),
                step.GetProperty("qty").GetInt64(),
                stp: SelfTradePrevention.None, type: isMarket ? OrderType.Market : OrderType.Limit,
                postOnly: _isPostOnly, instrument: InstrumentOf(step));
            if (outcome.Order is { } order)
            {
                _orders[(step.GetProperty("user").GetInt32(), step.GetProperty("id").GetInt64())] = order.Id.Value;
            }

            var expected = step.GetProperty("trades").EnumerateArray().Select(trade => (
                _orders[(trade[0].GetInt32(), trade[1].GetInt64())], trade[2].GetInt64(), trade[3].GetInt64()));
            Assert.Equal(expected, outcome.Fills.Select(f => (f.MakerOrder.Value, f.Price.Ticks, f.Quantity.Lots)));
            Assert.Equal(step.TryGetProperty("reject", out var reject) && reject.GetBoolean(), !outcome.IsAccepted);
        }

        private void Check(JsonElement step)
        {
            if (step.TryGetProperty("tob", out var top))
            {
                var book = _venue.Book();
                Assert.Equal(Level(top.GetProperty("B")), Level(book.Bids));
                Assert.Equal(Level(top.GetProperty("S")), Level(book.Asks));
            }

            if (step.TryGetProperty("book", out var all))
            {
                var book = _venue.Book(withOrders: true);
                Assert.Equal(Resting(all.GetProperty("B"), step), Resting(book.BidOrders));
                Assert.Equal(Resting(all.GetProperty("S"), step), Resting(book.AskOrders));
            }
        }

        private int InstrumentOf(JsonElement step)
        {
            var symbol = step.GetProperty("symbol").GetString()!;
            if (!_instruments.TryGetValue(symbol, out var id))
            {
                id = _instruments.Count == 0 ? 1 : _venue.Accept(new ListInstrument(
                    symbol, new AssetId(1), new AssetId(2), new DecimalSize(1, 0), new DecimalSize(1, 0), 0, 0))
                    .Instrument!.Id.Value;
                _instruments.Add(symbol, id);
            }

            return id;
        }

        private static (long, long)? Level(JsonElement level) =>
            level.ValueKind == JsonValueKind.Null ? null : (level[0].GetInt64(), level[1].GetInt64());

        private static (long, long)? Level(IReadOnlyList<LevelView> levels) =>
            levels.Count == 0 ? null : (levels[0].Price.Ticks, levels[0].Quantity.Lots);

        private List<(long, long, long)> Resting(JsonElement orders, JsonElement step)
        {
            var user = step.GetProperty("user").GetInt32();
            return [.. orders.EnumerateArray().Select(
                o => (o[0].GetInt64(), o[1].GetInt64(), _orders[(user, o[2].GetInt64())]))];
        }

        private static List<(long, long, long)> Resting(IReadOnlyList<RestingOrderView> orders) =>
            [.. orders.Select(o => (o.Price.Ticks, o.Remaining.Lots, o.Order.Value))];
    }
}
