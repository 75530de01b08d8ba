using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>Handing leadership over (Ongaro 2014, 3.10): catch the target up, then tell it to campaign.</summary>
public sealed partial class RaftNode
{
    private Progress? _transferTarget;
    private int _transferTicks;
    private bool _isTransferTold;

    /// <summary>To whom leadership is being handed; null when it is not. Proposals are refused meanwhile.</summary>
    public NodeId? TransferTarget => _transferTarget?.Id;

    private void BeginTransfer(NodeId? target, RaftEffects effects)
    {
        if (Role != Role.Leader)
        {
            return;
        }

        var peer = target is { } id ? FindPeer(id) : MostCaughtUp();
        if (peer is not { IsVoter: true } || peer == _transferTarget)
        {
            return; // This node itself, a stranger, a learner, nobody else there, or under way already.
        }

        _transferTarget = peer;
        _transferTicks = 0;
        _isTransferTold = false;
        SendEntries(peer, effects);
        ContinueTransfer(peer, effects);
    }

    /// <summary>Tells the target to campaign as soon as it has the whole log; without that it could not win.</summary>
    private void ContinueTransfer(Progress peer, RaftEffects effects)
    {
        if (peer == _transferTarget && !_isTransferTold && peer.MatchIndex == _log.LastIndex)
        {
            _isTransferTold = true;
            effects.Messages.Add(new TimeoutNow(_config.Id, peer.Id, HardState.Term));
        }
    }

    /// <summary>Gives up after one election timeout, so that a target that fails does not stop the cluster.</summary>
    private void TickTransfer()
    {
        if (_transferTarget is not null && ++_transferTicks >= _config.ElectionTicks)
        {
            StopTransfer();
        }
    }

    private void StopTransfer()
    {
        _transferTarget = null;
        _transferTicks = 0;
        _isTransferTold = false;
    }

    /// <summary>The longest log wins, then the most recent answer, then the first name; silent peers come
    /// last.</summary>
    private Progress? MostCaughtUp()
    {
        Progress? best = null;
        foreach (var peer in _peers)
        {
            if (peer.IsVoter && (best is null || IsBetter(peer, best)))
            {
                best = peer;
            }
        }

        return best;
    }

    private bool IsBetter(Progress peer, Progress best)
    {
        var (isHeard, isBestHeard) =
            (peer.TicksSinceContact < _config.ElectionTicks, best.TicksSinceContact < _config.ElectionTicks);
        if (isHeard != isBestHeard)
        {
            return isHeard;
        }

        return peer.MatchIndex > best.MatchIndex
            || (peer.MatchIndex == best.MatchIndex && peer.TicksSinceContact < best.TicksSinceContact);
    }
}
