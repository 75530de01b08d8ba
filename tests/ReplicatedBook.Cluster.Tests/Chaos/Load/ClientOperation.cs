using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>One operation of one client over all its attempts. Times are of one monotonic clock, in
/// microseconds.</summary>
/// <param name="Client">Number of the client.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Begun">When the first attempt was about to leave.</param>
internal sealed record ClientOperation(int Client, Request Request, long Begun)
{
    /// <summary>When its end was known.</summary>
    public long Ended { get; set; }

    /// <summary>What is known of it.</summary>
    public Ending Ending { get; set; }

    /// <summary>The deciding answer; null when there is none.</summary>
    public Reply? Reply { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>Answers to the same request, sent again after it had been answered.</summary>
    public List<Reply> Repeats { get; } = [];

    /// <summary>Whether a node acknowledged its effect.</summary>
    public bool IsAcknowledged =>
        Ending == Ending.Answered && !Request.IsRead && Reply is { Code.Length: 0 };

    public override string ToString() =>
        $"client {Client}: {Request.Ask} {Request.Object} {Request.Amount} key {Request.Key ?? "-"}, "
        + $"{Attempts} attempts, {Ending}, {Reply}";
}
