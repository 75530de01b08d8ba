using System.Buffers;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What all routes share that change one betting market: version, body, submission, answer.</summary>
internal sealed class BettingWrites(Writes writes, Catalog catalog, Answers answers, NodeSettings settings)
{
    /// <summary>Understands a body.</summary>
    /// <param name="request">As read; null when it was left out.</param>
    /// <param name="market">Which market.</param>
    /// <param name="version">Which version it must have; 0 for any.</param>
    /// <param name="defects">Receives what is wrong.</param>
    /// <returns>Writes the command; of use only when nothing is wrong.</returns>
    public delegate Action<IBufferWriter<byte>, CommandHeader> Binder<T>(
        T? request, BettingMarketId market, long version, Defects defects);

    /// <summary>Changes the market that the path names.</summary>
    /// <param name="http">The request.</param>
    /// <param name="type">Of its body.</param>
    /// <param name="mayBeAbsent">Whether the body may be left out.</param>
    /// <param name="bind">Understands it.</param>
    public async Task ChangeAsync<T>(HttpContext http, JsonTypeInfo<T> type, bool mayBeAbsent, Binder<T> bind)
        where T : class
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = mayBeAbsent
            ? await Bodies.ReadOptionalAsync(http, type, settings.Limits.MaxBodyBytes)
            : await Bodies.ReadAsync(http, type, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var defects = new Defects();
        var version = VersionTag.Expected(http.Request, defects);
        var market = IdText.ToBettingMarket(RouteText.Of(http, "market_id"));
        var encode = bind(body.Value, market ?? default, version, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        if (market is null)
        {
            answers.Write(http, Problems.NotFound(BettingQueries.Absent));
            return;
        }

        await SubmitAsync(http, options, StatusCodes.Status200OK, encode);
    }

    /// <summary>Submits a command that answers with a market.</summary>
    public async Task SubmitAsync(
        HttpContext http, WriteOptions options, int status, Action<IBufferWriter<byte>, CommandHeader> encode)
    {
        if (await writes.SubmitAsync(http, options, WriteTraits.None, Writes.NoAccount, encode) is { } written)
        {
            var view = written.Outcome.BettingMarket!;
            catalog.Keep(view);
            VersionTag.Write(http.Response, view.Version);
            answers.Write(
                http, status, BettingShapes.Of(view, written.Outcome.BettingCount, written.Receipt),
                ResponseJson.Default.BettingMarketResponse);
        }
    }
}
