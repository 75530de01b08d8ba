using System.Buffers;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What all writing routes share: parameters, redirect, submission, headers, receipts and refusals.</summary>
internal sealed class Writes(
    CommandGateway gateway, IReplicatedLog log, Catalog catalog, RbHeaders headers, Answers answers,
    NodeSettings settings)
{
    /// <summary>For commands that name no account.</summary>
    public static AccountId NoAccount => default;

    /// <summary>Takes parameters and key of a write.</summary>
    /// <returns>Null when it was answered already: with a problem, or a redirect to the leader.</returns>
    public WriteOptions? Begin(HttpContext http, QueryReader query)
    {
        var bound = WriteOptions.Read(http.Request, query);
        if (bound.Problem is { } problem)
        {
            answers.Write(http, problem);
            return null;
        }

        return bound.Value!.WantsRedirect && TryRedirect(http) ? null : bound.Value;
    }

    /// <summary>Submits a command.</summary>
    /// <param name="http">The request.</param>
    /// <param name="options">As taken from it.</param>
    /// <param name="traits">What matters of it when that goes wrong.</param>
    /// <param name="account">Whose turn it takes when commands of no user have to wait; <see cref="NoAccount"/> for
    /// that of the client's address.</param>
    /// <param name="encode">Writes the command with a header.</param>
    /// <returns>Null when it was answered already; else accepted, with its receipt.</returns>
    public async ValueTask<Written?> SubmitAsync(
        HttpContext http, WriteOptions options, WriteTraits traits, AccountId account,
        Action<IBufferWriter<byte>, CommandHeader> encode)
    {
        var caller = http.Caller();
        var submission = await gateway.SubmitAsync(
            new PendingCommand(
            encode, caller.User, options.Key, traits.HasFlag(WriteTraits.IsRepeatable), options.Wait,
            CommandSource.Of(caller.User, account, caller.Origin), options.Timeout)
            {
                Origin = caller.IsLocal ? null : caller.Origin,
                IsPatient = http.IsPatient(),
            });
        if (submission.WasForwarded)
        {
            http.Response.Headers[RbHeaders.Forwarded] = log.Status.Node.Value;
        }

        switch (submission.Ending)
        {
            case SubmissionEnding.Applied:
                return await AcceptAsync(http, submission, traits);
            case SubmissionEnding.Appended:
                var id = CommandIdText.Of(submission.Proposal!.Index, submission.Proposal.Term);
                answers.Write(
                    http, StatusCodes.Status202Accepted, new AcceptedResponse(id),
                    ResponseJson.Default.AcceptedResponse);
                return null;
            default:
                headers.Stamp(http.Response); // While it was waited, the leader may have changed.
                answers.Write(http, Problems.Of(submission.Ending));
                return null;
        }
    }

    /// <summary>Makes sure that every name an outcome needs is known; what a result names is in this node's state, or
    /// was looked up before the command was sent.</summary>
    public async ValueTask KnowNamesAsync(CommandOutcome outcome)
    {
        if (!IsKnown(outcome))
        {
            using var timeout = new CancellationTokenSource(ReadOptions.Strong.Timeout);
            await catalog.LoadAllAsync(timeout.Token);
        }
    }

    /// <summary>What an applied command came to.</summary>
    /// <param name="submission">Ended as applied.</param>
    /// <param name="traits">What matters of it when it was refused.</param>
    public async ValueTask<Bound<CommandOutcome>> ConcludeAsync(Submission submission, WriteTraits traits)
    {
        var proposal = submission.Proposal!;
        var outcome = ResultCodec.Read(proposal.Result.Span);
        await KnowNamesAsync(outcome);
        if (outcome.IsAccepted)
        {
            return new Bound<CommandOutcome>(outcome, null);
        }

        var refusal = traits.HasFlag(WriteTraits.PlacesOrders) ? Rejections.OfOrder(outcome, catalog)
            : traits.HasFlag(WriteTraits.ProvesIdentity) ? Rejections.OfProof(outcome, catalog)
            : Rejections.Of(outcome, catalog);
        return Bound<CommandOutcome>.Refused(refusal with
        {
            Index = proposal.Applied.IsReplay ? proposal.Applied.FirstIndex : proposal.Index,
        });
    }

    private async ValueTask<Written?> AcceptAsync(HttpContext http, Submission submission, WriteTraits traits)
    {
        var proposal = submission.Proposal!;
        headers.Stamp(http.Response); // While it was waited, the leader may have changed.
        RbHeaders.Place(http.Response, proposal.Index, proposal.Term, proposal.Digest);
        var concluded = await ConcludeAsync(submission, traits);
        if (proposal.Applied.IsReplay || concluded is { Problem: null, Value.IsExistingOrder: true })
        {
            http.Response.Headers[RbHeaders.Replayed] = "true";
        }

        return answers.Refuse(http, concluded.Problem)
            ? null
            : new Written(concluded.Value!, Shapes.ReceiptOf(submission, log.Status.Node.Value));
    }

    private bool IsKnown(CommandOutcome outcome)
    {
        if ((outcome.Order is { } order && catalog.Find(order.Instrument) is null)
            || (outcome.Set is { } set && catalog.FindMarket(set.Market) is null)
            || (outcome.FundsAsset.Value != 0 && catalog.FindAsset(outcome.FundsAsset) is null)
            || (outcome.Transfer is { } transfer && catalog.FindAsset(transfer.Balance.Asset) is null)
            || (outcome.Ledger is { } ledger && catalog.FindAsset(ledger.Balance.Asset) is null)
            || (outcome.Bet is { } bet && catalog.FindBetting(bet.Market) is null))
        {
            return false;
        }

        for (var i = 0; i < outcome.Items.Count; i++)
        {
            if (!IsKnown(outcome.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryRedirect(HttpContext http)
    {
        var status = log.Status;
        if (status.Role == Role.Leader)
        {
            return false;
        }

        var api = status.Leader is { } leader ? MemberAddresses.Api(settings.Cluster, status, leader) : null;
        if (api is null)
        {
            answers.Write(http, Problems.Of(SubmissionEnding.NoLeader));
            return true;
        }

        http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        http.Response.Headers.Location =
            api.TrimEnd('/') + http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent();
        http.Response.ContentLength = 0;
        return true;
    }
}
