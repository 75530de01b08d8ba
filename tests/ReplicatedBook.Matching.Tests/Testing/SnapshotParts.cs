using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Takes snapshots apart.</summary>
internal static class SnapshotParts
{
    /// <summary>A snapshot without how far the log was applied and when: what a command without effect must leave
    /// alone.</summary>
    public static byte[] WithoutPosition(byte[] snapshot)
    {
        var reader = new MessagePackReader(snapshot);
        Assert.True(reader.TryReadArrayHeader(out _));
        Assert.True(reader.TryReadInteger(out _) && reader.TryReadInteger(out _) && reader.TryReadInteger(out _));
        return snapshot[reader.Consumed..];
    }

    /// <summary>Leaves out the last value too, the remembered answers.</summary>
    /// <param name="values">As <see cref="WithoutPosition"/> gives them.</param>
    public static byte[] WithoutRequests(byte[] values)
    {
        var reader = new MessagePackReader(values);
        var last = 0;
        while (!reader.IsAtEnd)
        {
            last = reader.Consumed;
            Assert.True(reader.TrySkip());
        }

        return values[..last];
    }
}
