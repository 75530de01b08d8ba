using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The route that says who did what (API.md 2.9): records that every node has, each with a hash that closes in
/// all before it.</summary>
internal sealed class AuditRecordEndpoint(Reads reads, Answers answers)
{
    private static readonly TextParameter User = new(
        "user_id", "Only what this user did; local for what no user did.");

    private static readonly TextParameter Action = new("action", "Only this action, such as deposit or user.update.");

    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/audit", (RequestDelegate)ListAsync).For(RoutePolicy.Auditor).Describe<Page<AuditRecordResponse>>(
            "ListAuditRecords", "Security and administration: who did what, from where, and how it ended.", 200,
            RouteContract.Read([User, Action, .. ListOptions.Parameters]));

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        var (userText, action) = (query.Text(User), query.Text(Action));
        var user = userText is null ? null : UserOf(userText);
        if (userText is not null && user is null)
        {
            query.Refuse(User.Name, "it must be the id of a user, or local");
        }

        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        // Records are numbered and never change, so a cursor is a sequence below the newest of the first page.
        var position = list.Cursor?.Position;
        var reading = await reads.RunAsync(http, options, exchange =>
        {
            var newest = Math.Min(list.Cursor?.Newest ?? exchange.LastAuditRecord, exchange.LastAuditRecord);
            var wanted = new AuditQuery
            {
                Limit = list.Limit + 1,
                After = list.IsAscending ? position ?? 0 : 0,
                Before = list.IsAscending ? newest + 1 : Math.Min(position ?? newest + 1, newest + 1),
                User = user,
                Action = action,
                OldestFirst = list.IsAscending,
            };
            return (Records: exchange.AuditRecords(wanted), Newest: newest);
        });
        if (reading is not { } read)
        {
            return;
        }

        var (records, newest) = read.Value;
        var shown = records.Take(list.Limit).ToList();
        var next = records.Count > list.Limit ? list.NextCursor(read.Index, shown[^1].Sequence, newest) : null;
        answers.Write(
            http, StatusCodes.Status200OK, new Page<AuditRecordResponse>(shown.ConvertAll(Shape), next),
            ResponseJson.Default.PageAuditRecordResponse);
    }

    private static UserId? UserOf(string text) => text == IdText.Of(default(UserId)) ? default(UserId)
        : IdText.ToUser(text);

    private static AuditRecordResponse Shape(AuditView view) => new(
        view.Sequence, view.Index, TimeText.Of(view.At), IdText.Of(view.User), view.Action, TextOrNull(view.Target),
        TextOrNull(view.Origin), AuditText.Outcome(view.Result, view.Outcome),
        view.Outcome.Length == 0 ? (int)view.Result : null, Convert.ToHexStringLower(view.Hash.ToArray()));

    private static string? TextOrNull(string text) => text.Length == 0 ? null : text;
}
