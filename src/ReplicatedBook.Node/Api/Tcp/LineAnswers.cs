using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Answers of routes as lines.</summary>
internal static class LineAnswers
{
    private const string Nothing = "-";

    /// <summary>What a command is answered with.</summary>
    /// <param name="command">The command.</param>
    /// <param name="answer">What its route answered.</param>
    public static string Of(LineCommand command, RouteAnswer answer)
    {
        var tag = command.Tag;
        if (!answer.IsSuccess)
        {
            return LineText.Of(tag, answer);
        }

        return command.Verb switch
        {
            LineVerb.New or LineVerb.Modify or LineVerb.Cancel => OfWrite(tag, answer),
            LineVerb.CancelAll => OfMassCancel(tag, Read(answer, ResponseJson.Default.MassCancelResponse)),
            LineVerb.Order => OfRead(tag, answer),
            LineVerb.Snapshot => OfBook(tag, Read(answer, ResponseJson.Default.BookResponse)),
            LineVerb.Credit => OfFunds(tag, Read(answer, ResponseJson.Default.FundsResponse)),
            LineVerb.Balance => OfBalances(tag, Read(answer, ResponseJson.Default.BalancesResponse)),
            _ => throw new ArgumentException($"{command.Verb} is answered by no route", nameof(command)),
        };
    }

    /// <summary>What a SNAPSHOT of a runner is answered with: backs from the lowest odds, then lays from the
    /// highest.</summary>
    public static string OfBets(LineCommand command, RouteAnswer answer)
    {
        var (tag, symbol) = (command.Tag, command.Fields[0]);
        if (!answer.IsSuccess)
        {
            return LineText.Of(tag, answer);
        }

        var market = Read(answer, ResponseJson.Default.BettingBookResponse);
        if (market.Runners.FirstOrDefault(runner => runner.Instrument == symbol) is not { } book)
        {
            return LineText.Of(tag, Problems.NotFound($"no runner {symbol}"));
        }

        var lines = new StringBuilder(Invariant(
            $"BOOK {tag} {symbol} index={market.Index} backs={book.Backs.Count} lays={book.Lays.Count}\n"));
        AppendSide(lines, tag, "BACK", book.Backs);
        AppendSide(lines, tag, "LAY", book.Lays);
        return lines.Append("END ").Append(tag).Append('\n').ToString();
    }

    /// <summary>Who was let in.</summary>
    public static string OfMe(string tag, RouteAnswer answer) => answer.IsSuccess
        ? $"OK {tag} user={Read(answer, ResponseJson.Default.MeResponse).UserId} node={answer.Headers[RbHeaders.Node]} "
            + $"leader={answer.Headers[RbHeaders.Leader]}\n"
        : LineText.Of(tag, answer);

    /// <summary>Where the node stands: what the headers of every answer and the metrics tell everybody.</summary>
    public static string OfStatus(string tag, ReplicaStatus status)
    {
        var position = Invariant($"term={status.Term} commit={status.CommitIndex} applied={status.AppliedIndex}");
        return $"OK {tag} node={status.Node.Value} role={EnumText.RoleOf(status)} "
            + $"leader={status.Leader?.Value ?? Nothing} {position} digest={status.Digest}\n";
    }

    /// <summary>The user of an answer to <see cref="LineCalls.Me"/>.</summary>
    public static string UserOf(RouteAnswer answer) => Read(answer, ResponseJson.Default.MeResponse).UserId;

    /// <summary>What each order of a batch is answered with, in their order.</summary>
    /// <param name="orders">As sent.</param>
    /// <param name="answer">A success or not.</param>
    public static string[] OfBatch(IReadOnlyList<LineCommand> orders, RouteAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            return [.. orders.Select(order => LineText.Of(order.Tag, answer))];
        }

        var batch = Read(answer, ResponseJson.Default.BatchResponse);
        return [.. batch.Results.Select(result => result.Problem is { } problem
            ? LineText.Of(orders[result.Seq].Tag, problem)
            : OfWrite(orders[result.Seq].Tag, new OrderResponse(result.Order!, result.Fills!, batch.Receipt)))];
    }

    /// <summary>Whether a batch was refused as a whole for what may be wrong with one of its orders, and nothing of it
    /// was done.</summary>
    public static bool IsOfOneAlone(RouteAnswer answer) =>
        answer.Status is StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound
            or StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity
        && Read(answer, ResponseJson.Default.Problem).Outcome == Outcomes.NotExecuted;

    /// <summary>An event of the feed.</summary>
    public static void Append(StringBuilder lines, FeedItem item)
    {
        lines.Append(Invariant($"EVENT {item.Index}.{item.Seq} {item.Type} time={item.Time}"));
        if (item.MarketSeq is { } sequence)
        {
            lines.Append(Invariant($" market_seq={sequence}"));
            if (!item.Data.TryGetProperty("market_id", out _))
            {
                lines.Append(" market_id=").Append(item.MarketId);
            }
        }

        foreach (var member in item.Data.EnumerateObject())
        {
            var text = member.Value.ValueKind == JsonValueKind.String
                ? member.Value.GetString()!
                : member.Value.GetRawText();
            lines.Append(' ').Append(member.Name).Append('=').Append(LineText.Value(text));
        }

        lines.Append('\n');
    }

    /// <summary>Takes a route's answer apart.</summary>
    public static T Read<T>(RouteAnswer answer, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(answer.Body.Span, type)
            ?? throw new InvalidOperationException("a route answered with null");

    private static string OfWrite(string tag, RouteAnswer answer) =>
        OfWrite(tag, Read(answer, ResponseJson.Default.OrderResponse));

    private static string OfWrite(string tag, OrderResponse answer)
    {
        var lines = new StringBuilder();
        foreach (var fill in answer.Fills)
        {
            lines.Append(
                $"FILL {tag} trade={fill.TradeId} price={fill.Price} qty={fill.Quantity} maker={fill.MakerOrderId}\n");
        }

        AppendState(lines, tag, answer.Order);
        if (answer.Receipt is { } receipt)
        {
            lines.Append(Invariant($" index={receipt.Index}"));
            _ = receipt.Term is { } term ? lines.Append(Invariant($" term={term}")) : lines;
            _ = receipt.Digest is { } digest ? lines.Append(" digest=").Append(digest) : lines;
        }

        return lines.Append('\n').ToString();
    }

    private static string OfMassCancel(string tag, MassCancelResponse answer) =>
        Invariant($"OK {tag} canceled={answer.Canceled}\n");

    private static string OfRead(string tag, RouteAnswer answer)
    {
        var order = Read(answer, ResponseJson.Default.OrderResponse).Order;
        var lines = new StringBuilder();
        AppendState(lines, tag, order);
        return lines.Append(
            $" symbol={order.Instrument} side={order.Side} price={order.Price ?? Nothing} qty={order.Quantity} "
                + $"index={answer.Headers[RbHeaders.Index]}\n").ToString();
    }

    private static void AppendState(StringBuilder lines, string tag, OrderState order) => lines.Append(
        $"OK {tag} order={order.OrderId} status={order.Status} filled={order.FilledQuantity} "
            + $"remaining={order.RemainingQuantity} avg={order.AveragePrice ?? Nothing}");

    private static string OfBook(string tag, BookResponse book)
    {
        var lines = new StringBuilder(Invariant(
            $"BOOK {tag} {book.Instrument} index={book.Index} bids={book.Bids.Count} asks={book.Asks.Count}\n"));
        AppendSide(lines, tag, "B", book.Bids);
        AppendSide(lines, tag, "S", book.Asks);
        return lines.Append("END ").Append(tag).Append('\n').ToString();
    }

    private static void AppendSide(StringBuilder lines, string tag, string side, IReadOnlyList<BookLevel> levels)
    {
        foreach (var level in levels)
        {
            var last = level.OrderId ?? Invariant($"{level.OrderCount}");
            lines.Append($"L {tag} {side} {level.Price} {level.Quantity} {last}\n");
        }
    }

    private static string OfFunds(string tag, FundsResponse funds) => Invariant(
        $"OK {tag} {Amounts(funds.Balance)} index={funds.Receipt?.Index}\n");

    private static string OfBalances(string tag, BalancesResponse balances)
    {
        var lines = new StringBuilder();
        foreach (var balance in balances.Items)
        {
            lines.Append($"BAL {tag} {balance.Asset} {Amounts(balance)}\n");
        }

        return lines.Append("END ").Append(tag).Append('\n').ToString();
    }

    private static string Amounts(BalanceResponse balance) =>
        $"total={balance.Total} available={balance.Available} reserved={balance.Reserved}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
