using System.Buffers;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Goal: one writer at a time, nothing twice, nothing after its caller was told that it never left. Method:
/// writes that end when the test says.</summary>
public sealed class PeerOutboxTests
{
    private readonly List<byte[]> _written = [];
    private readonly List<Exception> _failures = [];
    private TaskCompletionSource? _writeIsHeld;

    [Fact]
    public async Task What_comes_while_a_write_is_under_way_shares_the_next()
    {
        var outbox = Outbox();
        _writeIsHeld = new TaskCompletionSource();
        Assert.True(outbox.TryAdd(Call(1)));
        outbox.WriteNow();
        Assert.True(outbox.TryAdd(Call(2)));
        outbox.WriteNow();
        Assert.True(outbox.TryAdd(Call(3)));
        outbox.WriteNow();
        Assert.Equal([[1UL]], Calls());

        _writeIsHeld.SetResult();
        outbox.Close();
        await outbox.Idle.WaitAsync(TestContext.Current.CancellationToken);

        // Either was still waiting when the outbox closed, or went out together with the other.
        Assert.True(Calls() is [[1UL]] or [[1UL], [2UL, 3UL]]);
    }

    [Fact]
    public async Task Nothing_is_taken_or_written_once_it_is_closed()
    {
        var outbox = Outbox();
        Assert.True(outbox.TryAdd(Call(1)));
        outbox.Close();
        outbox.WriteNow();

        Assert.False(outbox.TryAdd(Call(2)));
        await outbox.Idle.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_written);
    }

    [Fact]
    public async Task A_failed_write_ends_it_and_is_told_once()
    {
        var outbox = Outbox();
        _writeIsHeld = new TaskCompletionSource();
        outbox.TryAdd(Call(1));
        outbox.WriteNow();
        _writeIsHeld.SetException(new IOException("broken"));
        await outbox.Idle.WaitAsync(TestContext.Current.CancellationToken);

        Assert.False(outbox.TryAdd(Call(2)));
        Assert.Single(_failures);
    }

    [Fact]
    public async Task A_call_that_was_given_up_unsent_never_leaves()
    {
        var outbox = Outbox();
        var call = Call(1);
        outbox.TryAdd(call);
        call.Broken();
        outbox.TryAdd(Call(2));
        outbox.WriteNow();

        Assert.Equal([[2UL]], Calls());
        Assert.Equal(PeerDelivery.NotSent, (await call.Answer).Delivery);
    }

    [Fact]
    public async Task A_call_that_has_left_is_lost_with_its_connection()
    {
        var outbox = Outbox();
        var call = Call(1);
        outbox.TryAdd(call);
        outbox.WriteNow();
        call.Broken();

        Assert.Equal(PeerDelivery.Lost, (await call.Answer).Delivery);
    }

    private PeerOutbox Outbox() => new(
        bytes =>
        {
            _written.Add(bytes.ToArray());
            return _writeIsHeld is { } held ? new ValueTask(held.Task) : ValueTask.CompletedTask;
        },
        _failures.Add);

    private static PendingCall Call(ulong number) => new(number, PeerCallKind.Status, new byte[] { 1 });

    /// <summary>The numbers of the calls in each write.</summary>
    private List<List<ulong>> Calls()
    {
        var all = new List<List<ulong>>();
        foreach (var bytes in _written)
        {
            var buffer = new ReadOnlySequence<byte>(bytes);
            var calls = new List<ulong>();
            while (PeerFrame.TryRead(ref buffer, new ByteArena(), out _, out var content))
            {
                calls.Add(BitConverter.ToUInt64(content.Span));
            }

            all.Add(calls);
        }

        return all;
    }
}
