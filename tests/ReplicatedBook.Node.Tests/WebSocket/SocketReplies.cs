using System.Text.Json;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>What tests expect of messages.</summary>
internal static class SocketReplies
{
    /// <summary>The type of a message.</summary>
    public static string? TypeOf(this JsonElement message) => message.GetProperty("type").GetString();

    /// <summary>Expects an answer that something was done.</summary>
    public static JsonElement ExpectResult(this JsonElement message, int status)
    {
        Assert.True(
            message.TypeOf() == "result" && message.GetProperty("status").GetInt32() == status, message.ToString());
        return message.GetProperty("data");
    }

    /// <summary>Expects a refusal.</summary>
    public static JsonElement ExpectError(this JsonElement message, int status, string code)
    {
        Assert.True(
            message.TypeOf() == "error" && message.GetProperty("status").GetInt32() == status
                && message.GetProperty("problem").GetProperty("code").GetString() == code,
            $"expected {status} {code}: {message}");
        return message.GetProperty("problem");
    }

    /// <summary>Expects an answer of a type.</summary>
    public static JsonElement Expect(this JsonElement message, string type)
    {
        Assert.True(message.TypeOf() == type, $"expected {type}: {message}");
        return message;
    }
}
