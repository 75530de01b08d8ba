namespace ReplicatedBook.Replication;

/// <summary>What a <see cref="LogWriter"/> reports, on its thread.</summary>
internal sealed record LogWriterEvents
{
    /// <summary>The batches up to this sequence are durable.</summary>
    public required Action<long> Persisted { get; init; }

    /// <summary>A group of batches is durable; the time since the first of them was given.</summary>
    public Action<TimeSpan> Appended { get; init; } = static _ => { };

    /// <summary>The disk failed; nothing is written any more. Called once.</summary>
    public required Action<Exception> Failed { get; init; }

    /// <summary>There is no room; called at each try.</summary>
    public Action<DiskFullException> Full { get; init; } = static _ => { };

    /// <summary>It is time to prepare the next segment; may be called again before that is done.</summary>
    public Action SegmentDue { get; init; } = static () => { };

    /// <summary>The directory is marked as whole.</summary>
    public Action MarkedWhole { get; init; } = static () => { };
}
