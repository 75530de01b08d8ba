using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Clients;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>What clients asked, what they were told, and whether the committed log agrees.</summary>
internal sealed class ClientHistory(World world)
{
    private readonly Dictionary<ulong, ClientRequest> _byCommand = [];
    private readonly List<ClientRequest> _requests = [];
    private readonly Dictionary<int, long> _numbers = [];

    /// <summary>Highest index that any client has seen acknowledged or read strongly.</summary>
    public long HighestSeen { get; private set; }

    /// <summary>Requests made so far.</summary>
    public int Count => _requests.Count;

    /// <summary>Numbers what a client has under way.</summary>
    public long NextNumber(int client) => _numbers[client] = _numbers.GetValueOrDefault(client) + 1;

    /// <summary>A client is about to make a request.</summary>
    public void Begin(ClientRequest request)
    {
        _requests.Add(request);
        _byCommand.Add(Hash(request.Command), request);
    }

    /// <summary>An attempt is about to leave a client.</summary>
    public void Sent(ClientRequest request) => request.PossibleEntries++;

    /// <summary>A command was committed.</summary>
    public void Committed(ReadOnlySpan<byte> command, Proposal answer)
    {
        if (!_byCommand.TryGetValue(Hash(command), out var request) || !command.SequenceEqual(request.Command))
        {
            throw new InvariantBrokenException(
                "only-requests-are-committed", $"nobody asked for what is at {answer.Index}");
        }

        request.CommittedAt.Add(answer.Index);
        RequirePossible(request);
        var reason = answer.Applied.Reason;
        if (!RequireInTime(request, answer))
        {
            RequireOnce(request, answer);
        }

        world.Counters.Count(Sometimes.ReplaysRecognised, answer.Applied.IsReplay ? 1 : 0);
        world.Counters.Count(Sometimes.RejectedByExchange, reason != RejectReason.None ? 1 : 0);
        world.Counters.Count(Sometimes.KeysReusedRefused, reason == RejectReason.RequestKeyReused ? 1 : 0);
    }

    /// <summary>A node answers an attempt.</summary>
    public void Answered(ClientRequest request, SimulatedNode node, Proposal answer)
    {
        switch (answer.Outcome)
        {
            case ProposalOutcome.Applied:
                world.Counters.Count(Sometimes.ProposalsApplied);
                RequireTrue(request, node, answer);
                HighestSeen = Math.Max(HighestSeen, answer.Index);
                break;
            case ProposalOutcome.Unknown:
                world.Counters.Count(Sometimes.ProposalsUnknown);
                break;
            default:
                world.Counters.Count(answer.Outcome == ProposalOutcome.NotLeader
                    ? Sometimes.ProposalsNotLeader
                    : Sometimes.ProposalsOverloaded);
                request.PossibleEntries--;
                RequirePossible(request);
                break;
        }
    }

    /// <summary>A node answers a strong read.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="seenBefore"><see cref="HighestSeen"/> when the read was asked for.</param>
    /// <param name="index">The answer's index.</param>
    public void StrongReadAnswered(SimulatedNode node, long seenBefore, long index)
    {
        InvariantBrokenException.Require(
            index >= seenBefore,
            "strong-reads-are-current",
            () => $"{node.Id} read at {index} what had been seen at {seenBefore}");
        HighestSeen = Math.Max(HighestSeen, index);
    }

    /// <summary>When all is over: each request is in the log as often as it can be, and each answer was true.</summary>
    public void RequireComplete()
    {
        foreach (var request in _requests)
        {
            RequirePossible(request);
            InvariantBrokenException.Require(
                request.AnsweredAt.TrueForAll(request.CommittedAt.Contains),
                "acknowledged-stays",
                () => $"{request.Group.Key} was answered at an index where it is not");
        }
    }

    private static void RequirePossible(ClientRequest request) => InvariantBrokenException.Require(
        request.CommittedAt.Count <= request.PossibleEntries,
        "refused-is-refused",
        () => $"{request.Group.Key} is in the log at {string.Join(", ", request.CommittedAt)}, "
            + $"but only {request.PossibleEntries} attempts were not refused");

    /// <summary>A command is executed before its deadline or never (RELIABILITY P7).</summary>
    /// <returns>Whether it was refused without being looked at: too late, or no room to remember it.</returns>
    private bool RequireInTime(ClientRequest request, Proposal answer)
    {
        var (group, applied) = (request.Group, answer.Applied);
        var isLate = group.Deadline > 0 && answer.At.Microseconds > group.Deadline;
        var isRefused = applied.Reason == RejectReason.DeadlineExceeded && !applied.IsReplay;
        InvariantBrokenException.Require(
            !isLate || isRefused || applied.IsReplay || applied.Reason == RejectReason.RequestKeyReused,
            "expired-is-refused",
            () => $"{group.Key}, to be executed until {group.Deadline}, was at {answer.At.Microseconds}");
        InvariantBrokenException.Require(
            isLate || !isRefused, "expired-is-refused",
            () => $"{group.Key}, good until {group.Deadline}, was refused at {answer.At.Microseconds}");
        world.Counters.Count(Sometimes.DeadlinesExceeded, isRefused ? 1 : 0);
        world.Counters.Count(Sometimes.KeysForgotten, isRefused && group.ExecutedAt > 0 ? 1 : 0);
        world.Counters.Count(
            Sometimes.RequestTableFull, applied.Reason == RejectReason.RequestTableFull ? 1 : 0);
        if (isRefused)
        {
            // Only a key that may be forgotten by now is refused for its deadline after it was executed.
            InvariantBrokenException.Require(
                group.ExecutedAt == 0
                    || answer.At.Microseconds - group.ExecutedTime >= world.Plan.Replica.Limits.MinRequestKeyAge,
                "executed-once",
                () => $"{group.Key}, executed at {group.ExecutedAt}, was forgotten too early, at {answer.Index}");
        }

        return isRefused || applied.Reason == RejectReason.RequestTableFull;
    }

    private static void RequireOnce(ClientRequest request, Proposal answer)
    {
        var group = request.Group;
        if (answer.Applied.Reason == RejectReason.RequestKeyReused)
        {
            InvariantBrokenException.Require(
                request.IsForeign && group.ExecutedAt > 0,
                "keys-name-one-request",
                () => $"{group.Key} at {answer.Index}");
            return;
        }

        InvariantBrokenException.Require(
            !request.IsForeign, "keys-name-one-request", () => $"{group.Key} with other content at {answer.Index}");
        InvariantBrokenException.Require(
            answer.Applied.FirstIndex == group.ExecutedAt,
            "executed-once",
            () => $"{group.Key} was executed at {group.ExecutedAt}; at {answer.Index} the first was "
                + $"{answer.Applied.FirstIndex}");
        if (group.ExecutedAt == 0)
        {
            (group.ExecutedAt, group.ExecutedTime, group.Result) =
                (answer.Index, answer.At.Microseconds, answer.Result);
        }

        InvariantBrokenException.Require(
            answer.Result.Span.SequenceEqual(group.Result.Span),
            "equal-answers",
            () => $"{group.Key} got another answer at {answer.Index} than at {group.ExecutedAt}");
    }

    private void RequireTrue(ClientRequest request, SimulatedNode node, Proposal answer)
    {
        var log = world.Observer.Log;
        var known = answer.Index <= log.LastIndex ? log.AnswerAt(answer.Index) : null;
        InvariantBrokenException.Require(
            known is not null && request.CommittedAt.Contains(answer.Index)
                && !request.AnsweredAt.Contains(answer.Index),
            "acknowledged-is-committed",
            () => $"{node.Id} answers {request.Group.Key} at {answer.Index}, where it is not or was answered before");
        InvariantBrokenException.Require(
            known is not null && known.Term == answer.Term && known.At == answer.At && known.Digest == answer.Digest
                && known.Applied == answer.Applied && known.Result.Span.SequenceEqual(answer.Result.Span),
            "equal-answers",
            () => $"{node.Id} answers {request.Group.Key} at {answer.Index} otherwise than the committed log");
        request.AnsweredAt.Add(answer.Index);
    }

    /// <summary>FNV-1a; equality is checked on the bytes.</summary>
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
