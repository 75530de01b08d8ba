namespace ReplicatedBook.Node.Api.Http;

/// <summary>Which part of a list is asked for (API.md 1.6).</summary>
/// <param name="Limit">Most items.</param>
/// <param name="IsAscending">Oldest first.</param>
/// <param name="Cursor">Where to go on; null for the first page.</param>
internal sealed record ListOptions(int Limit, bool IsAscending, ListCursor? Cursor)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    public static ListOptions Read(QueryReader query)
    {
        var limit = (int)(query.Integer("limit", 1, MaxLimit) ?? DefaultLimit);
        var isAscending = query.Word("order", "desc", "asc", "desc") == "asc";
        ListCursor? cursor = null;
        if (query.Text("cursor") is { } text)
        {
            cursor = ListCursor.Parse(text);
            if (cursor is null)
            {
                query.Refuse("cursor", "it is not a cursor that a node gave out");
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

    /// <summary>The cursor after a page whose last item has this number.</summary>
    public string NextCursor(long index, long last, long newest) =>
        new ListCursor(Cursor?.Index ?? index, last, Cursor?.Newest ?? newest).ToText();
}
