using ReplicatedBook.Benchmarks.Flash1;
using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: all matchers tell one story. Method: random messages, also about orders that are gone, against a list
/// searched from end to end.</summary>
public sealed class MatchersTests
{
    private const int Messages = 4_000;
    private const int Reports = 1 << 10;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 2_000)]
    public void Reports_and_books_are_those_of_a_naive_book(int seed, int prices)
    {
        var operations = Draw(new Random(seed), prices);
        foreach (var core in Matchers.On(operations, Reports))
        {
            var naive = new ListBook();
            core.Prepare();
            core.Reports.Skip();
            for (var i = 0; i < operations.Length; i++)
            {
                core.Run(i, 1);
                var expected = naive.Apply(in operations[i], i);
                Assert.Equal(expected.Select(report => CanonicalReports.Line(in report)), Case.Taken(core));
                if (i % 16 == 0)
                {
                    Assert.Equal(naive.Resting(), core.Resting());
                }
            }
        }
    }

    [Fact]
    public void Second_pass_begins_with_an_empty_book_and_ends_as_the_first()
    {
        var operations = Draw(new Random(4), prices: 40);
        foreach (var core in Matchers.On(operations))
        {
            var first = Verdict.On(core, operations.Length);
            Assert.NotEmpty(core.Resting());
            core.Prepare();
            Assert.Empty(core.Resting());
            Assert.Equal(first, Verdict.On(core, operations.Length));
        }
    }

    [Fact]
    public void Canonical_text_has_the_published_form_of_each_kind()
    {
        var report = new Report { IsBuy = true, Lots = 7, Sequence = 3, Order = 11, Price = 500, Taker = 12 };
        var lines = Enum.GetValues<ReportKind>().Select(kind => CanonicalReports.Line(report with { Kind = kind }));
        Assert.Equal(
            ["0,3,0,11,500,7", "1,3,500,7,11,12", "2,3,0,11,500", "3,3,0,11,500,7", "4,3,11", "5,3,11"], lines);
    }

    [Fact]
    public void Hash_is_that_of_the_lines_joined_by_line_feeds()
    {
        var ring = new ReportRing(4);
        ring.Add(ReportKind.Accepted, isBuy: false, sequence: 0, order: 5, price: 9, lots: 2);
        ring.Add(ReportKind.Canceled, isBuy: false, sequence: 1, order: 5, price: 9, lots: 0);
        using var canonical = new CanonicalReports();
        canonical.TakeFrom(ring);
        var text = "0,0,1,5,9,2\n2,1,1,5,9"u8;
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text)), canonical.Finish());
        Assert.Equal((2, 0), (canonical.Count, canonical.Trades));
    }

    [Fact]
    public void Reports_out_of_order_are_noticed()
    {
        var ring = new ReportRing(4);
        ring.Add(ReportKind.Canceled, isBuy: false, sequence: 1, order: 5, price: 9, lots: 0);
        ring.Add(ReportKind.Accepted, isBuy: false, sequence: 1, order: 5, price: 9, lots: 2);
        using var canonical = new CanonicalReports();
        Assert.Throws<InvalidDataException>(() => canonical.TakeFrom(ring));
    }

    [Fact]
    public void Reports_that_were_written_over_are_noticed()
    {
        var ring = new ReportRing(2);
        for (var i = 0; i < 3; i++)
        {
            ring.Add(ReportKind.Canceled, isBuy: false, sequence: i, order: 5, price: 9, lots: 0);
        }

        Assert.Throws<InvalidOperationException>(() => ring.TryTake(out _));
    }

    private static Operation[] Draw(Random random, int prices)
    {
        var operations = new Operation[Messages];
        for (var i = 0; i < operations.Length; i++)
        {
            var isBuy = random.Next(2) == 0;
            var price = 1_000 + random.Next(prices) + (isBuy ? 0 : prices / 3);
            var lots = 1 + random.Next(20);
            var known = 1 + random.Next((2 * i) + 1);
            var side = known % 2 == 0; // Ids say the side, so that a replacement keeps it.
            operations[i] = random.Next(10) switch
            {
                < 2 => Operation.Cancel(known),
                < 4 => Operation.Replace(known, side, price, lots),
                < 5 => Operation.Immediate(Id(i, isBuy), isBuy, price, lots),
                _ => Operation.Place(Id(i, isBuy), isBuy, price, lots),
            };
        }

        return operations;
    }

    private static long Id(int i, bool isBuy) => (2L * i) + (isBuy ? 2 : 1);
}
