using System.Globalization;
using System.Text;
using System.Text.Json;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>What lines are answered with (API.md 5): each text is whole lines, with their ends.</summary>
internal static class LineText
{
    private const string NoTag = "-";
    private const int MaxMessageLength = 300; // Three times as long when encoded, and still within a line.

    /// <summary>Done, with nothing to say.</summary>
    public static string Ok(string tag) => $"OK {tag}\n";

    /// <summary>A line that was not understood.</summary>
    public static string Of(LineDefect defect) =>
        Failure(defect.Tag, defect.Code.Code, Outcomes.NotExecuted, defect.Message);

    /// <summary>A refusal that came from no route.</summary>
    public static string Of(string? tag, ApiProblem problem) =>
        Failure(tag, problem.Code.Code, problem.Outcome, problem.Detail ?? problem.Code.Title);

    /// <summary>A route's problem.</summary>
    public static string Of(string tag, RouteAnswer answer) =>
        JsonSerializer.Deserialize(answer.Body.Span, ResponseJson.Default.Problem) is { } problem
            ? Of(tag, problem)
            : throw new InvalidOperationException("a route answered with null");

    /// <summary>A problem of a route.</summary>
    public static string Of(string tag, Problem problem)
    {
        var isInLog = problem.Outcome == Outcomes.Rejected;
        var message = problem.Errors is { Count: > 0 } errors
            ? string.Join("; ", errors.Select(error => error.Message))
            : problem.Detail ?? problem.Title;
        return Failure(tag, problem.Code, problem.Outcome, message, isInLog ? problem.Index : null);
    }

    /// <summary>Whether a reply is a failure of a code.</summary>
    public static bool IsOf(string reply, ProblemCode code) =>
        reply.StartsWith("ERR ", StringComparison.Ordinal) && reply.Split(' ', 4) is [_, _, var given, _]
        && given == code.Code;

    /// <summary>A value as it can stand in a field: what is no printable ASCII, and the sign of that, is
    /// percent-encoded.</summary>
    public static string Value(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.Contains('%'))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            _ = part is > (byte)' ' and <= (byte)'~' and not (byte)'%'
                ? encoded.Append((char)part)
                : encoded.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
        }

        return encoded.ToString();
    }

    private static string Failure(string? tag, string code, string outcome, string message, long? index = null)
    {
        var shown = message.Length <= MaxMessageLength ? message : message[..MaxMessageLength];
        var place = index is { } known ? string.Create(CultureInfo.InvariantCulture, $" index={known}") : "";
        return $"ERR {tag ?? NoTag} {code} outcome={outcome}{place} msg={Uri.EscapeDataString(shown)}\n";
    }
}
