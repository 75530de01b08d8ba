using System.Buffers;
using System.Net;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>A command on its way into the log.</summary>
/// <param name="Encode">Writes it with a header; called at most once.</param>
/// <param name="User">Who sends it; 0 for the local user of a node without authentication, and for the node
/// itself.</param>
/// <param name="Key">The client's name for the request; empty when none was given.</param>
/// <param name="IsRepeatable">Whether sending it twice does no more than once even without a key.</param>
/// <param name="Wait">How far to wait.</param>
/// <param name="Source">On whose behalf.</param>
/// <param name="Timeout">How long to wait at most; also the command's deadline, counted in cluster time.</param>
internal sealed record PendingCommand(
    Action<IBufferWriter<byte>, CommandHeader> Encode,
    UserId User,
    RequestKey Key,
    bool IsRepeatable,
    ProposalWait Wait,
    CommandSource Source,
    TimeSpan Timeout)
{
    /// <summary>Where it came from, for the record that the exchange makes of some commands; null on a node without
    /// authentication, and for commands of the node's own.</summary>
    public IPAddress? Origin { get; init; }

    /// <summary>Whether it waits for its turn as long as it takes: of a connection that bounds itself what it has under
    /// way. Its deadline begins with its turn.</summary>
    public bool IsPatient { get; init; }
}
