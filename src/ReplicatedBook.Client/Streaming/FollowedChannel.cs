namespace ReplicatedBook.Client.Streaming;

/// <summary>How far one channel was followed.</summary>
/// <param name="name">As it is asked for.</param>
/// <param name="fromIndex">The last index that is known already; null for none.</param>
internal sealed class FollowedChannel(string name, long? fromIndex)
{
    private long? _gapAfter;

    public string Name => name;

    /// <summary>Index of the last message; null to begin with a snapshot.</summary>
    public long? Last { get; private set; } = fromIndex;

    /// <summary>Number of the request whose answer the channel's messages come after; those that come before are of an
    /// earlier one.</summary>
    public long Request { get; set; }

    /// <summary>Whether that answer has come.</summary>
    public bool IsLive { get; set; }

    /// <summary>Begins anew, with a snapshot.</summary>
    public void Forget() => Last = null;

    /// <summary>Takes a message.</summary>
    /// <returns>Whether it follows on what came before it.</returns>
    public bool Take(StreamMessage message)
    {
        if (message.IsOverrun)
        {
            return true;
        }

        if (!message.IsSnapshot && message.PrevIndex != Last)
        {
            // Asked for once more it is filled; if not, only a snapshot helps.
            (_gapAfter, Last) = (Last, _gapAfter == Last ? null : Last);
            return false;
        }

        Last = message.Index;
        return true;
    }
}
