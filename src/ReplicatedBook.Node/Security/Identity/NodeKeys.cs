using System.Buffers;
using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>This node's signing keys in the replicated state: makes the first one known, takes the next when its time
/// has come, and retires those whose last token is over; on the node that leads also those of nodes that are no members
/// any more, whose disks may be in other hands.</summary>
/// <remarks>A key signs only once the cluster knows it; a node that does not know it yet asks the leader before it
/// refuses (<see cref="CatchUp"/>). So a rotation costs no request.</remarks>
internal sealed partial class NodeKeys(
    NodeSettings settings, SigningKeyFile file, CommandGateway gateway, IReplicatedLog log, IReplicaReader reader,
    TimeProvider time, ILogger<NodeKeys> logger) : BackgroundService
{
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(10);

    // After the last token of a key: clocks of the edge are cluster time, which differs by less between nodes.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1);
    private SigningKey? _first;
    private volatile SigningKey? _current;

    /// <summary>The key that signs now; null until the cluster knows one of this node's.</summary>
    public SigningKey? Current => _current;

    /// <summary>Signs with a new key from now on; the one before is retired when its last token is over.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up: the rotation goes on at the next
    /// occasion.</exception>
    public async Task<SigningKey> RotateAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await RotateAloneAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The key's file is damaged.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!settings.Auth.IsOn)
        {
            return Task.CompletedTask;
        }

        _first = file.ReadOrCreate();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            await MakeKnownAsync(_first!, stopping);
            _current = _first;
            LogSigning(_first!.Id);
            while (true)
            {
                await Task.Delay(await TryLookAfterAsync(stopping) ? LookPause : FailurePause, time, stopping);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ReplicaStoppedException
            && (stopping.IsCancellationRequested || end is ReplicaStoppedException))
        {
            // The node is stopping.
        }
    }

    /// <summary>What fails is the next key: the present one goes on signing, and the node serving.</summary>
    private async Task<bool> TryLookAfterAsync(CancellationToken stopping)
    {
        try
        {
            await LookAfterAsync(stopping);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            LogFailed(failure.Message);
            return false;
        }
    }

    private async Task LookAfterAsync(CancellationToken stopping)
    {
        var keys = await KeysAsync(stopping);
        if (log.Status is { Role: Role.Leader, Members: var members })
        {
            await RetireAsync(keys.Where(view => members.All(member => member.Id.Value != view.Node)));
        }

        var own = keys.Where(view => view.Node == settings.Node.Id).ToList();
        var now = reader.ClusterTime.Microseconds;
        var current = own.FirstOrDefault(view => view.Kid == _current!.Id);
        if (current is null)
        {
            return; // A snapshot from before the key may be the state for a moment.
        }

        if (current.RetiredAt is not null || now >= EndOf(current.AddedAt, settings.Auth.SigningKeyLifetime))
        {
            await RotateAsync(stopping);
            return;
        }

        if (now >= EndOf(current.AddedAt, settings.Auth.AccessTokenLifetime + Margin))
        {
            await RetireAsync(own.Where(view => view.Kid != current.Kid));
        }
    }

    private async Task RetireAsync(IEnumerable<SigningKeyView> keys)
    {
        foreach (var view in keys.Where(view => view.RetiredAt is null))
        {
            if (await SubmitAsync(
                (buffer, header) => CommandCodec.Write(buffer, header, new RetireSigningKey(view.Kid))))
            {
                LogRetired(view.Kid);
            }
        }
    }

    private async Task<SigningKey> RotateAloneAsync(CancellationToken cancellation)
    {
        var next = file.ReadOrCreateNext();
        await MakeKnownAsync(next, cancellation);
        file.UseNext();
        _current = next;
        LogSigning(next.Id);
        return next;
    }

    // Until it is in this node's own state, whatever becomes of single attempts.
    private async Task MakeKnownAsync(SigningKey key, CancellationToken cancellation)
    {
        var command = new AddSigningKey(key.Id, settings.Node.Id, new Bytes32(key.X), new Bytes32(key.Y));
        while (!(await KeysAsync(cancellation)).Any(view => view.Node == settings.Node.Id && view.Kid == key.Id))
        {
            if (log.Status.Leader is null
                || !await SubmitAsync((buffer, header) => CommandCodec.Write(buffer, header, command)))
            {
                await Task.Delay(RetryPause, time, cancellation);
            }
        }
    }

    private async Task<IReadOnlyList<SigningKeyView>> KeysAsync(CancellationToken cancellation) =>
        (await reader.ReadAsync(exchange => exchange.SigningKeys, cancellation)).Value;

    // False when it may not be in this node's state: whoever asked looks again.
    private async ValueTask<bool> SubmitAsync(Action<IBufferWriter<byte>, CommandHeader> encode)
    {
        var submission = await gateway.SubmitAsync(new PendingCommand(
            encode, default, default, IsRepeatable: true, ProposalWait.Applied, new CommandSource(default, null),
            SubmitTimeout));
        if (submission.Ending != SubmissionEnding.Applied)
        {
            return false;
        }

        // On a follower the answer may be there before the entry is.
        using var patience = new CancellationTokenSource(SubmitTimeout, time);
        try
        {
            await reader.WaitAppliedAsync(submission.Proposal!.Index, patience.Token);
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }

    private static long EndOf(Timestamp start, TimeSpan lifetime) =>
        start.Microseconds + (long)lifetime.TotalMicroseconds;

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "access tokens are signed with key {KeyId}")]
    private partial void LogSigning(string keyId);

    [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "retired signing key {KeyId}")]
    private partial void LogRetired(string keyId);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "no new signing key yet: {Cause}")]
    private partial void LogFailed(string cause);
}
