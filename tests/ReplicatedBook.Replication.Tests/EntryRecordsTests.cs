using Xunit;

namespace ReplicatedBook.Replication.Tests;

public sealed class EntryRecordsTests
{
    [Fact]
    public void The_last_entries_are_kept_and_older_ones_are_not_invented()
    {
        var records = Fill(new EntryRecords(3), 1, 2, 3, 4, 5);

        Assert.Equal(3, records.Oldest);
        Assert.Null(records.At(2));
        Assert.Equal(4, records.At(4)!.Value.Index);
        Assert.Null(records.At(6));
    }

    [Fact]
    public void A_jump_by_a_snapshot_starts_anew()
    {
        var records = Fill(new EntryRecords(10), 1, 2, 50, 51);

        Assert.Equal(50, records.Oldest);
        Assert.Null(records.At(2));
        Assert.Equal(51, records.At(51)!.Value.Index);
    }

    [Fact]
    public void Nothing_is_kept_before_the_first_entry()
    {
        var records = new EntryRecords(3);

        Assert.Equal(0, records.Oldest);
        Assert.Null(records.At(0));
    }

    private static EntryRecords Fill(EntryRecords records, params long[] indexes)
    {
        foreach (var index in indexes)
        {
            records.Add(new EntryRecord(index, 1, default, default, default));
        }

        return records;
    }
}
