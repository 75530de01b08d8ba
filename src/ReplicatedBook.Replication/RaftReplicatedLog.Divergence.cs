using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <content>What the host does when replicas differ.</content>
public sealed partial class RaftReplicatedLog
{
    private bool _hasTold;

    /// <summary>Tells people; and when this replica has stopped for good, lets nobody wait for it, and marks its files
    /// so that the next start sets them aside.</summary>
    private void TellOfDifferences(ReplicaOutput output)
    {
        foreach (var difference in output.Differences)
        {
            _options.DifferenceFound(difference);
        }

        if (_replica.Divergence is not { } divergence || _hasTold)
        {
            return;
        }

        _hasTold = true;
        foreach (var end in _barriers.Values)
        {
            end(null);
        }

        _barriers.Clear();
        _completions.Dispatch();
        if (divergence.Cause == DivergenceCause.Outvoted)
        {
            var text = divergence.ToString();
            _snapshots.Do(() => Mark(text));
        }

        _options.Diverged(divergence);
    }

    private void Mark(string reason)
    {
        try
        {
            DivergenceMark.Write(_disk, _options.DataDirectory, _options.Identity, reason);
        }
        catch (DiskFullException)
        {
            // Not marked, the next start goes on with its files, and soon stops again.
            _options.Noted("there was no room to mark the files as those of a node that has diverged");
        }
    }
}
