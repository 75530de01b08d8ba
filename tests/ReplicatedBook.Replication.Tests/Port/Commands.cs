using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Encoded commands for tests.</summary>
internal static class Commands
{
    public static byte[] CreateAsset(string symbol, int scale, string key = "")
    {
        RequestKey.TryCreate(key, out var requestKey);
        var buffer = new ArrayBufferWriter<byte>();
        CommandCodec.Write(
            buffer, new CommandHeader(new UserId(0), requestKey, default), new CreateAsset(symbol, scale));
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] CreateAccount(string label)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CommandCodec.Write(buffer, default(CommandHeader), new CreateAccount(label));
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Deposit(long account, int asset, long units)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CommandCodec.Write(
            buffer, default(CommandHeader),
            new Deposit(new AccountId(account), new AssetId(asset), new Amount(units), ""));
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] SetCancelAfter(long account, long timeout)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CommandCodec.Write(buffer, default(CommandHeader), new SetCancelAfter(new AccountId(account), timeout));
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] CreateUser(string name)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CommandCodec.Write(buffer, default(CommandHeader), new CreateUser(name, "hash", Roles.User, true));
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whatever the bytes are.</summary>
    public static byte[] Wrapped(byte[] command)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CommandCodec.Write(buffer, default(CommandHeader), new Audited("10.0.0.1", command));
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] SetFeatureLevel(int level)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CommandCodec.Write(buffer, default(CommandHeader), new SetFeatureLevel(level));
        return buffer.WrittenSpan.ToArray();
    }
}
