using System.IO.Pipelines;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Sessions;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: what is under way is bounded until it has left, and nothing is written to a stream that may be
/// another call's. Method: a pipe that is read or not.</summary>
public sealed class SessionOutboxTests
{
    private const int Most = 4;

    [Fact]
    public async Task Room_is_there_only_when_replies_have_left()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, minimumSegmentSize: 16));
        await using var outbox = new SessionOutbox(pipe.Writer, Most, CancellationToken.None);
        for (var i = 0; i < Most; i++)
        {
            outbox.Begin();
        }

        Assert.True(outbox.IsFull);
        var room = outbox.WaitForRoomAsync();
        for (var i = 0; i < Most; i++)
        {
            outbox.End(new SessionReply { Tag = 1, Pong = new Ping() });
        }

        Assert.False(room.IsCompleted); // Nobody has read them.
        var reading = pipe.Reader.CopyToAsync(Stream.Null);
        await room.WaitAsync(TestClient.Patience);
        Assert.False(outbox.IsFull);
        await outbox.WaitUntilIdleAsync().WaitAsync(TestClient.Patience);
        await pipe.Writer.CompleteAsync();
        await reading;
    }

    [Fact]
    public async Task Once_it_is_closed_nothing_is_written_although_commands_end()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, minimumSegmentSize: 16));
        var outbox = new SessionOutbox(pipe.Writer, Most, CancellationToken.None);
        outbox.Begin();
        outbox.Begin();
        outbox.End(new SessionReply { Tag = 1, Pong = new Ping() });
        var first = await pipe.Reader.ReadAsync(); // Its flush waits for this reader.
        var length = first.Buffer.Length;
        pipe.Reader.AdvanceTo(first.Buffer.Start);
        await outbox.DisposeAsync().AsTask().WaitAsync(TestClient.Patience);
        outbox.End(new SessionReply { Tag = 2, Pong = new Ping() });
        await pipe.Writer.CompleteAsync();

        var left = await pipe.Reader.ReadAsync();
        Assert.Equal((length, true), (left.Buffer.Length, left.IsCompleted));
    }
}
