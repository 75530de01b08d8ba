using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>Where members are reached: what this node's own settings say comes first, then the replicated
/// membership.</summary>
internal static class MemberAddresses
{
    /// <summary>Where clients reach a member; null when nobody said.</summary>
    public static string? Api(ClusterOptions settings, ReplicaStatus status, NodeId node)
    {
        if (settings.Members.Find(member => member.NodeId == node.Value) is { } known)
        {
            return known.Api;
        }

        foreach (var member in status.Members)
        {
            if (member.Id == node)
            {
                return MemberContact.Read(member.Contact)?.Api;
            }
        }

        return null;
    }

    /// <summary>The members of a new cluster, as the settings name them.</summary>
    public static Membership Bootstrap(ClusterOptions settings) => settings.Join
        ? Membership.Empty
        : Membership.Of(settings.Members.Select(member => new Member(
            new NodeId(member.NodeId), IsVoter: true,
            MemberContact.Of(member.Peer, member.Api)?.ToString() ?? string.Empty)));
}
