using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Matching.Betting;

namespace ReplicatedBook.Benchmarks.Betting;

/// <summary>Bets and cancels handed over as structs: no decoding, no result bytes; events are encoded.</summary>
internal sealed class BettingCore(BettingWorkload workload) : ICore
{
    private readonly BettingVenue _venue = new();
    private readonly BettingOperation[] _operations = workload.Operations;
    private BetTicket _ticket;

    /// <inheritdoc/>
    public string Name => "core, typed bets";

    /// <inheritdoc/>
    public void Prepare() => _venue.StartPass(workload.Bets);

    /// <inheritdoc/>
    public void Run(int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            _venue.Begin();
            _venue.Apply(in _operations[i], ref _ticket);
        }
    }
}
