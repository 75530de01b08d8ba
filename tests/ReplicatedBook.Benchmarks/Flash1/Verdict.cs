using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>What a matcher made of a workload.</summary>
/// <param name="Hash">SHA-256 of the canonical reports.</param>
/// <param name="Books">SHA-256 over the resting orders at points of the way: a book may be wrong for a while without a
/// report that shows it.</param>
/// <param name="Reports">How many reports.</param>
/// <param name="Trades">How many of them are trades.</param>
internal readonly record struct Verdict(string Hash, string Books, long Reports, long Trades)
{
    private const int MessagesPerAudit = 20_011; // A prime: no rhythm of the workload's own.

    /// <summary>Runs all operations one by one; not what is measured.</summary>
    public static Verdict On(IReportingCore core, int operations)
    {
        using var canonical = new CanonicalReports();
        using var books = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        core.Prepare();
        core.Reports.Skip();
        for (var i = 0; i < operations; i++)
        {
            core.Run(i, 1);
            canonical.TakeFrom(core.Reports);
            if (i % MessagesPerAudit == 0 || i == operations - 1)
            {
                Audit(core.Resting(), books);
            }
        }

        return new Verdict(
            canonical.Finish(), Convert.ToHexStringLower(books.GetHashAndReset()), canonical.Count, canonical.Trades);
    }

    private static void Audit(List<RestingOrder> resting, IncrementalHash books)
    {
        foreach (var order in resting)
        {
            ReadOnlySpan<long> fields = [order.IsBuy ? 0 : 1, order.Price, order.Order, order.Lots];
            books.AppendData(MemoryMarshal.AsBytes(fields));
        }
    }
}
