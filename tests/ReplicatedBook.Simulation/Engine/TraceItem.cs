using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Simulation.Engine;

/// <summary>One line of the trace.</summary>
/// <param name="Time">Virtual time in microseconds.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Node">Where, from 1; 0 when it concerns no single node.</param>
/// <param name="A">Depends on the kind.</param>
/// <param name="B">Depends on the kind.</param>
/// <param name="Detail">Shown only; not part of the trace's hash.</param>
internal readonly record struct TraceItem(long Time, TraceKind Kind, int Node, long A, long B, object? Detail)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Time / 1000,7}.{Time % 1000:d3} ms  {(Node == 0 ? "-" : $"n{Node}"),-3} {Kind,-14} {A} {B}  "
        + Describe(Detail);

    private static string Describe(object? detail) => detail switch
    {
        null => "",
        AppendEntries m => $"{m.From}->{m.To} t{m.Term} append after {m.PreviousIndex}/t{m.PreviousTerm}: "
            + $"{m.Entries.Count} entries, commit {m.LeaderCommit}, round {m.ReadRound}",
        AppendEntriesReply m => $"{m.From}->{m.To} t{m.Term} append {(m.IsSuccess ? "ok" : "refused")} "
            + $"match {m.MatchIndex}, hint {m.HintIndex}/t{m.HintTerm}, round {m.ReadRound}",
        RequestVote m => $"{m.From}->{m.To} t{m.Term} {(m.IsPreVote ? "pre-" : "")}vote? "
            + $"last {m.LastIndex}/t{m.LastTerm}" + (m.IsTransfer ? ", transfer" : ""),
        RequestVoteReply m => $"{m.From}->{m.To} t{m.Term} {(m.IsPreVote ? "pre-" : "")}vote "
            + (m.IsGranted ? "yes" : "no"),
        InstallSnapshot m => $"{m.From}->{m.To} t{m.Term} snapshot {m.Mark.Index}/t{m.Mark.Term} at {m.Offset}, "
            + $"{m.Data.Length} bytes{(m.IsLast ? ", last" : "")}",
        _ => detail.ToString() ?? "",
    };
}
