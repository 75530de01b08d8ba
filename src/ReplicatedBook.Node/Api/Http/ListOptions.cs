using ReplicatedBook.Node.Api.Http.Parameters;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Which part of a list is asked for (API.md 1.6).</summary>
/// <param name="Limit">Most items.</param>
/// <param name="IsAscending">Oldest first.</param>
/// <param name="Cursor">Where to go on; null for the first page.</param>
internal sealed record ListOptions(int Limit, bool IsAscending, ListCursor? Cursor)
{
    private static readonly IntegerParameter LimitParameter = new("limit", "Most items.", 1, 1_000, 100);

    private static readonly WordParameter Order = new(
        "order", "desc: newest first; asc: oldest first.", "desc", "asc", "desc");

    private static readonly TextParameter CursorParameter = new(
        "cursor", "Where to go on: next_cursor of the page before.");

    /// <summary>The parameters of every list (API.md 1.6).</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } = [LimitParameter, Order, CursorParameter];

    public static ListOptions Read(QueryReader query)
    {
        var limit = (int)query.IntegerOrStandard(LimitParameter);
        var isAscending = query.Word(Order) == "asc";
        ListCursor? cursor = null;
        if (query.Text(CursorParameter) is { } text)
        {
            cursor = ListCursor.Parse(text);
            if (cursor is null)
            {
                query.Refuse(CursorParameter.Name, "it is not a cursor that a node gave out");
            }
        }

        return new ListOptions(limit, isAscending, cursor);
    }

    /// <summary>The numbers of the items of this page, for lists whose items are numbered from 1 and never change or
    /// go.</summary>
    /// <param name="count">How many items there are now.</param>
    public IEnumerable<long> Numbers(long count)
    {
        var newest = Math.Min(Cursor?.Newest ?? count, count);
        if (IsAscending)
        {
            for (var number = (Cursor?.Position ?? 0) + 1; number <= newest; number++)
            {
                yield return number;
            }
        }
        else
        {
            for (var number = Math.Min(Cursor?.Position - 1 ?? newest, newest); number >= 1; number--)
            {
                yield return number;
            }
        }
    }

    /// <summary>The same of a list that has only some of the numbers.</summary>
    /// <param name="numbers">Those it has, ascending.</param>
    public IEnumerable<long> NumbersAmong(IReadOnlyList<long> numbers)
    {
        var newest = Cursor?.Newest ?? long.MaxValue;
        return IsAscending
            ? numbers.Where(number => number > (Cursor?.Position ?? 0) && number <= newest)
            : numbers.Where(number => number < (Cursor?.Position ?? long.MaxValue) && number <= newest).Reverse();
    }

    /// <summary>The items of this page, and one more where another page follows.</summary>
    /// <param name="numbers">Those of the items from the page's first on.</param>
    /// <param name="item">Finds an item.</param>
    public List<T> Take<T>(IEnumerable<long> numbers, Func<long, T> item) => [.. numbers.Take(Limit + 1).Select(item)];

    /// <summary>The cursor after a page whose last item has this number.</summary>
    public string NextCursor(long index, long last, long newest) =>
        new ListCursor(Cursor?.Index ?? index, last, Cursor?.Newest ?? newest).ToText();
}
