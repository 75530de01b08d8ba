using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Brings the events of each entry to the topics that they concern. The pump's own.</summary>
internal sealed partial class EventRouter : PassingEvents
{
    private readonly HashSet<Topic> _topics = [];
    private readonly Dictionary<InstrumentId, (FollowedBook Book, InstrumentTerms Terms)> _books = [];
    private readonly Dictionary<AccountId, List<EntryTopic>> _accounts = [];
    private readonly Dictionary<TopicKey, EntryTopic> _others = [];
    private readonly List<FollowedBook> _open = [];
    private FeedEntry _entry;

    /// <summary>All that there are.</summary>
    public IReadOnlyCollection<Topic> Topics => _topics;

    public void Add(Topic topic)
    {
        _topics.Add(topic);
        switch (topic)
        {
            case FollowedBook book:
                foreach (var terms in book.Instruments)
                {
                    _books[terms.Id] = (book, terms);
                }

                break;
            case UserTopic user:
                _others[topic.Key] = user;
                foreach (var account in user.Accounts)
                {
                    AddAccount(account, user);
                }

                break;
            case EntryTopic entries when topic.Key.Kind == TopicKind.Account:
                AddAccount(new AccountId(topic.Key.Number), entries);
                break;
            case ActivityTopic activity:
                foreach (var instrument in activity.Instruments)
                {
                    _others[new TopicKey(TopicKind.Activity, instrument.Value)] = activity;
                }

                break;
            case EntryTopic entries:
                _others[topic.Key] = entries;
                break;
        }
    }

    public void Remove(Topic topic)
    {
        if (!_topics.Remove(topic))
        {
            return;
        }

        if (topic is FollowedBook book)
        {
            foreach (var terms in book.Instruments)
            {
                _books.Remove(terms.Id);
            }
        }

        if (topic is ActivityTopic activity)
        {
            foreach (var instrument in activity.Instruments)
            {
                _others.Remove(new TopicKey(TopicKind.Activity, instrument.Value));
            }
        }

        _others.Remove(topic.Key);
        if (topic.Key.Kind is TopicKind.Account or TopicKind.User)
        {
            RemoveAccounts((EntryTopic)topic);
        }
    }

    public void Clear()
    {
        _topics.Clear();
        _books.Clear();
        _accounts.Clear();
        _others.Clear();
    }

    /// <summary>Takes one entry.</summary>
    public void Take(in FeedEntry entry)
    {
        _entry = entry;
        EventCodec.Read(entry.Events.Span, this);
        foreach (var book in _open)
        {
            book.End();
        }

        _open.Clear();
    }

    private void AddAccount(AccountId account, EntryTopic topic)
    {
        if (!_accounts.TryGetValue(account, out var topics))
        {
            _accounts.Add(account, topics = []);
        }

        if (!topics.Contains(topic))
        {
            topics.Add(topic);
        }
    }

    private void RemoveAccounts(EntryTopic topic)
    {
        foreach (var (account, topics) in _accounts)
        {
            if (topics.Remove(topic) && topics.Count == 0)
            {
                _accounts.Remove(account);
            }
        }
    }

    /// <summary>The mirror that an event of an instrument's order is for; null when nobody follows it.</summary>
    private BookMirror? BookOf(InstrumentId instrument, out InstrumentTerms terms)
    {
        if (!_books.TryGetValue(instrument, out var found))
        {
            terms = null!;
            return null;
        }

        terms = found.Terms;
        var mirror = found.Book.For(_entry.Index, out var isFirst);
        if (isFirst)
        {
            _open.Add(found.Book);
        }

        return mirror;
    }

    private void Concerns(TopicKind kind, long number)
    {
        if (_others.Count > 0 && _others.TryGetValue(new TopicKey(kind, number), out var topic))
        {
            topic.Add(in _entry);
        }
    }

    private void Concerns(AccountId account)
    {
        if (_accounts.Count > 0 && _accounts.TryGetValue(account, out var topics))
        {
            foreach (var topic in topics)
            {
                topic.Add(in _entry);
            }
        }
    }
}
