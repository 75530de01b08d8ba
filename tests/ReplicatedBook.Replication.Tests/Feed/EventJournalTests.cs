using System.Text;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Tests.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Feed;

/// <summary>The journal's files alone, on a disk in memory. All randomness is from seed 11.</summary>
public sealed class EventJournalTests
{
    private readonly CrashDisk _disk = new();
    private readonly List<string> _notes = [];

    [Fact]
    public void Records_and_head_are_laid_out_as_written_down()
    {
        using var journal = Open(out _, after: 5);
        journal.Append([new FeedEntry(7, 2, new Timestamp(1000), "abc"u8.ToArray())], head: 9);

        var name = Assert.Single(_disk.Names);
        var content = _disk.Content(name).ToArray();
        Assert.Equal(DataDirectory.File("events-00000000000000000005.journal"), name);
        Assert.Equal("RBOOKEVJ", Encoding.ASCII.GetString(content, 0, 8));
        Assert.Equal("01000000" + "B364DD7D" + "0500000000000000", Convert.ToHexString(content, 8, 16));
        Assert.Equal("0C746573742D636C7573746572", Convert.ToHexString(content, 352, 13));
        Assert.Equal("026E31", Convert.ToHexString(content, 417, 3));
        Assert.Equal(
            "169D464C" + "03000000" + "0700000000000000" + "0200000000000000" + "E803000000000000" + "616263"
            + "2D7F2D1B" + "00000000" + "0900000000000000" + "0000000000000000" + "0000000000000000",
            Convert.ToHexString(content, 512, content.Length - 512));
    }

    [Fact]
    public void Every_index_can_be_read_again_across_files_and_openings()
    {
        var entries = Draw(3000);
        using (var journal = Open(out _))
        {
            foreach (var part in entries.Chunk(70))
            {
                journal.Append(part, part[^1].Index);
            }

            RequireEqual(journal, entries, entries[^1].Index);
        }

        using var again = Open(out var after);

        Assert.Equal(0, after);
        Assert.True(_disk.Names.Count() > 5);
        RequireEqual(again, entries, entries[^1].Index);
        Assert.Null(again.Read(0, 1));
        Assert.Null(again.Read(entries[^1].Index + 1, 1));
    }

    [Fact]
    public void An_event_larger_than_a_file_is_kept_whole()
    {
        FeedEntry[] entries = [Entry(1, 100), Entry(2, 600_000), Entry(3, 100)];
        using var journal = Open(out _);
        journal.Append(entries, 3);

        RequireEqual(journal, entries, 3);
        Assert.Single(journal.Read(2, 10)!.Entries); // A page ends where it has enough bytes.
    }

    /// <summary>Goal: what a crash leaves is used as far as it is right. Method: the last file is cut at every
    /// place.</summary>
    [Fact]
    public void A_torn_end_is_cut_off_and_written_on()
    {
        var entries = Draw(60);
        using (var journal = Open(out _))
        {
            journal.Append(entries, entries[^1].Index);
        }

        var path = Assert.Single(_disk.Names);
        var whole = _disk.Content(path).ToArray();
        for (var length = 0; length <= whole.Length; length += 7)
        {
            var torn = whole[..length].Concat(new byte[length % 3 * 20]).ToArray();
            _disk.Put(path, torn);
            using var journal = Open(out var after);
            if (after is null)
            {
                journal.Restart(0);
            }

            Assert.True(journal.Covered <= entries[^1].Index);
            journal.Append(entries, entries[^1].Index);
            RequireEqual(journal, entries, entries[^1].Index);
        }
    }

    /// <summary>Goal: bad content is never taken for events. Method: each byte is changed, once before opening and once
    /// behind the journal's back.</summary>
    [Fact]
    public void A_changed_byte_is_found_and_never_read_as_events()
    {
        var entries = Draw(40);
        using (var journal = Open(out _))
        {
            journal.Append(entries, entries[^1].Index);
        }

        var path = Assert.Single(_disk.Names);
        var whole = _disk.Content(path).ToArray();
        for (var place = 0; place < whole.Length; place += place < 512 ? 31 : 1)
        {
            _disk.Put(path, whole);
            using var open = Open(out _);
            var changed = whole.ToArray();
            changed[place] ^= 0x10;
            _disk.Put(path, changed);
            RequirePrefix(open, entries);

            using var opened = Open(out var after);
            Assert.True(after is null == (place < 512) || opened.Covered < entries[^1].Index);
            RequirePrefix(opened, entries);
        }

        Assert.Contains(_notes, note => note.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void What_follows_a_damaged_place_can_still_be_read()
    {
        var entries = Draw(3000);
        using var journal = Open(out _);
        journal.Append(entries, entries[^1].Index);
        var third = _disk.Names.ElementAt(2);
        var changed = _disk.Content(third).ToArray();
        changed[600] ^= 1;
        _disk.Put(third, changed);

        var next = 1L;
        while (journal.Read(next, 100) is { } page)
        {
            next = page.NextIndex;
        }

        Assert.Equal(JournalPlace.Gone, journal.Find(next));
        Assert.True(journal.OldestIndex > next);
        Assert.Equal(1, journal.Losses);
        var rest = entries.Where(entry => entry.Index >= journal.OldestIndex).ToList();
        Assert.NotEmpty(rest);
        RequireEqual(journal, rest, entries[^1].Index);
    }

    [Fact]
    public void What_lies_beyond_the_applied_index_is_not_taken()
    {
        var entries = Draw(500);
        using (var journal = Open(out _))
        {
            journal.Append(entries, entries[^1].Index);
        }

        var head = entries[200].Index;
        using var again = Open(out _, head: head);

        Assert.Equal(head, again.Covered);
        again.Append(entries, entries[^1].Index);
        RequireEqual(again, entries, entries[^1].Index);
    }

    [Fact]
    public void Old_files_go_with_the_snapshot_and_with_the_limit()
    {
        var entries = Draw(3000);
        using var journal = Open(out _);
        journal.Append(entries, entries[^1].Index);
        var files = _disk.Names.Count();

        journal.Trim(entries[1500].Index);
        var trimmed = journal.OldestIndex!.Value;
        using var small = Open(out _, maxBytes: 40_000);
        var last = Entry(entries[^1].Index + 1, 20);
        small.Append([last], last.Index);

        Assert.InRange(trimmed, 2, entries[1500].Index + 1);
        Assert.True(_disk.Names.Count() < files);
        Assert.True(small.OldestIndex > trimmed);
        Assert.True(small.Bytes <= 40_000 + SegmentBytes);
        RequireEqual(small, [.. entries.Where(entry => entry.Index >= small.OldestIndex), last], last.Index);
    }

    [Fact]
    public void Files_of_another_owner_or_version_are_no_part_of_it()
    {
        using (var journal = Open(out _))
        {
            journal.Append(Draw(10), 1000);
        }

        using var other = new EventJournal(
            _disk, DataDirectory.Path, DataDirectory.Identity with { NodeId = "n2" }, new JournalOptions(), _notes.Add);

        Assert.Null(other.Open(long.MaxValue));
        Assert.Empty(_disk.Names);
    }

    [Fact]
    public void A_journal_that_was_given_up_leaves_no_file_and_can_begin_anew()
    {
        var entries = Draw(100);
        using var journal = Open(out _);
        journal.Append(entries, entries[^1].Index);

        journal.GiveUp();
        Assert.Empty(_disk.Names);
        Assert.Equal((JournalPlace.Gone, null), (journal.Find(entries[0].Index), journal.OldestIndex));
        Assert.Null(journal.Read(entries[0].Index, 1));
        journal.Restart(entries[50].Index);
        journal.Append(entries, entries[^1].Index);

        Assert.Equal(entries[50].Index + 1, journal.OldestIndex);
        RequireEqual(journal, entries[51..], entries[^1].Index);
    }

    private const int SegmentBytes = 20_000;

    private EventJournal Open(
        out long? found, long head = long.MaxValue, long maxBytes = 1L << 30, long after = 0)
    {
        _disk.CreateDirectory(DataDirectory.Path);
        var journal = new EventJournal(
            _disk, DataDirectory.Path, DataDirectory.Identity,
            new JournalOptions { SegmentBytes = SegmentBytes, MaxBytes = maxBytes }, _notes.Add);
        found = journal.Open(head);
        if (found is null)
        {
            journal.Restart(after);
        }

        journal.Begin();
        return journal;
    }

    private static FeedEntry Entry(long index, int bytes)
    {
        var events = new byte[bytes];
        new Random((int)index).NextBytes(events);
        return new FeedEntry(index, 1 + (index / 100), new Timestamp(index * 10), events);
    }

    private static FeedEntry[] Draw(int count)
    {
        var random = new Random(11);
        var index = 0L;
        return [.. Enumerable.Range(0, count).Select(_ => Entry(index += random.Next(1, 4), random.Next(1, 200)))];
    }

    /// <summary>From every index on it gives what was written, in pages of different sizes.</summary>
    private static void RequireEqual(EventJournal journal, IReadOnlyList<FeedEntry> entries, long last)
    {
        for (var from = entries[0].Index; from <= last; from++)
        {
            var page = journal.Read(from, 1 + (int)(from % 9))!;
            var expected = entries.Where(entry => entry.Index >= from && entry.Index < page.NextIndex);
            Assert.Equal(expected, page.Entries, SameEvents.Instance);
            Assert.True(page.NextIndex > from);
        }
    }

    private static void RequirePrefix(EventJournal journal, FeedEntry[] entries)
    {
        var read = new List<FeedEntry>();
        var next = entries[0].Index;
        while (journal.Read(next, 7) is { } page)
        {
            read.AddRange(page.Entries);
            next = page.NextIndex;
        }

        Assert.Equal(entries.Take(read.Count), read, SameEvents.Instance);
        Assert.DoesNotContain(entries.Skip(read.Count), entry => entry.Index < next);
    }
}
