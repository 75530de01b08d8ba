using System.Globalization;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Writes the headers of API.md 1.4.</summary>
internal sealed class RbHeaders(IReplicatedLog log, IReplicaReader reader)
{
    public const string Index = "Rb-Index";
    public const string Term = "Rb-Term";
    public const string Digest = "Rb-Digest";
    public const string Node = "Rb-Node";
    public const string Role = "Rb-Role";
    public const string Leader = "Rb-Leader";
    public const string Consistency = "Rb-Consistency";
    public const string LagMs = "Rb-Lag-Ms";
    public const string Forwarded = "Rb-Forwarded";
    public const string Replayed = "Idempotency-Replayed";

    private const string Nobody = "-";

    private StatusTexts? _texts;

    /// <summary>Where the node stands now; on every answer, before anything else is known.</summary>
    public void Stamp(HttpResponse response)
    {
        var texts = TextsOf(log.Status);
        var headers = response.Headers;
        headers[Index] = texts.Index;
        headers[Term] = texts.Term;
        headers[Digest] = texts.Digest;
        headers[Node] = texts.Node;
        headers[Role] = texts.Role;
        headers[Leader] = texts.Leader;
    }

    /// <summary>The position the answer belongs to.</summary>
    public static void Place(HttpResponse response, long index, long term, in Digest digest)
    {
        var headers = response.Headers;
        headers[Index] = Number(index);
        headers[Term] = Number(term);
        headers[Digest] = digest.Prefix;
    }

    /// <summary>The level a read was served at, and how long ago this node heard from a leader; without the latter when
    /// it never did.</summary>
    public void Read(HttpResponse response, bool isStrong)
    {
        response.Headers[Consistency] = isStrong ? "strong" : "weak";
        if (reader.LeaderSilence is { } silence)
        {
            response.Headers[LagMs] = Number((long)silence.TotalMilliseconds);
        }
    }

    private StatusTexts TextsOf(ReplicaStatus status)
    {
        var texts = _texts;
        if (texts is null || !ReferenceEquals(texts.Status, status))
        {
            texts = new StatusTexts(status);
            _texts = texts;
        }

        return texts;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The texts of one status, made once for all answers until the next batch is applied.</summary>
    private sealed class StatusTexts(ReplicaStatus status)
    {
        public ReplicaStatus Status { get; } = status;

        public string Index { get; } = Number(status.AppliedIndex);

        public string Term { get; } = Number(status.AppliedTerm);

        public string Digest { get; } = status.Digest.Prefix;

        public string Node { get; } = status.Node.Value;

        public string Role { get; } = EnumText.RoleOf(status);

        public string Leader { get; } = status.Leader?.Value ?? Nobody;
    }
}
