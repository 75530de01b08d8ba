using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;

namespace ReplicatedBook.Client;

/// <summary>Speaks to a cluster over HTTP. It need not know who leads: every node takes every request, and a request
/// that a node could not decide is sent again, with the same key, to the next. Safe from any thread.</summary>
/// <remarks>A call ends with what is known: committed, rejected, surely not executed, or unknown. Nothing but the
/// caller's own cancellation is thrown.</remarks>
public sealed partial class ReplicatedBookClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly ClientOptions _options;
    private readonly EndpointRing _ring;
    private readonly RetryingSender _sender;

    /// <summary>A client for the nodes of one cluster.</summary>
    /// <param name="endpoints">Base addresses of their HTTP APIs, at least one; the first is asked first.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no endpoint.</exception>
    public ReplicatedBookClient(IEnumerable<Uri> endpoints, ClientOptions? options = null)
        : this(endpoints, options ?? new ClientOptions(), null)
    {
    }

    private ReplicatedBookClient(IEnumerable<Uri> endpoints, ClientOptions options, HttpClient? shared)
    {
        _options = options;
        _ring = new EndpointRing(endpoints);
        _ownsHttp = shared is null;
        _http = shared ?? NewHttp(options);
        _sender = new RetryingSender(_ring, new EndpointCaller(_http, options), options);
    }

    /// <summary>All endpoints, in the order given.</summary>
    public IReadOnlyList<Uri> Endpoints => _ring.All;

    /// <summary>A client for one endpoint alone that tries once; it shares this one's connections and ends with
    /// it.</summary>
    /// <param name="endpoint">The node to ask.</param>
    /// <param name="timeout">How long its answer is awaited.</param>
    public ReplicatedBookClient At(Uri endpoint, TimeSpan timeout) => new(
        [endpoint], _options with { MaxAttempts = 1, AttemptTimeout = timeout, Deadline = timeout }, _http);

    /// <summary>A key for a write that nobody used before.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>Ends its connections.</summary>
    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    private static HttpClient NewHttp(ClientOptions options) => new(new SocketsHttpHandler
    {
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaxConnectionsPerEndpoint,
        AllowAutoRedirect = false, // A redirected write would be a second attempt that nobody counted.
        UseProxy = false,
        UseCookies = false,
        SslOptions = { CertificateChainPolicy = PolicyOf(options.Authorities) },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // Each attempt has its own limit.
        MaxResponseContentBufferSize = options.MaxAnswerBytes,
    };

    /// <summary>Those alone that are named; the name of the node is checked in any case.</summary>
    private static X509ChainPolicy? PolicyOf(X509Certificate2Collection? authorities)
    {
        if (authorities is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // An own authority keeps no lists.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private Task<ReadAnswer<T>> ReadAsync<T>(
        string path, JsonTypeInfo<T> type, CancellationToken cancellation, bool isTimed = true)
        where T : class => ReadAsync(new Call(HttpMethod.Get, path, null, null, isTimed), type, cancellation);

    private async Task<ReadAnswer<T>> ReadAsync<T>(Call call, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var (last, _) = await _sender.SendAsync(call, cancellation).ConfigureAwait(false);
        if (last.Kind == AttemptKind.Answered)
        {
            return Parse(last.Body, type, out var value)
                ? new(ReadKind.Answered, value, null, last.Mark, null)
                : new(ReadKind.Unavailable, null, null, last.Mark, NotUnderstood(last));
        }

        return last.Kind switch
        {
            AttemptKind.Refused => new(ReadKind.Refused, null, last.Problem, last.Mark, last.Cause),
            _ => new(ReadKind.Unavailable, null, last.Problem, last.Mark, last.Cause),
        };
    }

    /// <param name="call">What to send.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="name">What the request can be asked about with: its key, or what makes it exactly-once
    /// instead.</param>
    /// <param name="cancellation">Gives the call up.</param>
    private async Task<WriteOutcome<T>> WriteAsync<T>(
        Call call, JsonTypeInfo<T> type, string name, CancellationToken cancellation)
        where T : class
    {
        var (last, attempts) = await _sender.SendAsync(call, cancellation).ConfigureAwait(false);
        var kind = KindOf(last.Kind);
        T? value = null;
        if (kind == OutcomeKind.Committed && !Parse(last.Body, type, out value))
        {
            // A success that is none of a node's: what it stands for cannot be known.
            return new WriteOutcome<T>(
                OutcomeKind.Unknown, null, null, last.Mark, name, attempts, NotUnderstood(last));
        }

        return new WriteOutcome<T>(kind, value, last.Problem, last.Mark, name, attempts, last.Cause);
    }

    private Task<WriteOutcome<T>> WriteAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, string? key,
        CancellationToken cancellation)
        where T : class
    {
        var used = key ?? NewKey();
        var call = new Call(method, path, used, JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        return WriteAsync(call, type, used, cancellation);
    }

    private static OutcomeKind KindOf(AttemptKind kind) => kind switch
    {
        AttemptKind.Answered => OutcomeKind.Committed,
        AttemptKind.Refused => OutcomeKind.Rejected,
        AttemptKind.NotExecuted => OutcomeKind.NotExecuted,
        _ => OutcomeKind.Unknown,
    };

    private static bool Parse<T>(byte[] body, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            value = null;
        }

        return value is not null;
    }

    private static string NotUnderstood(Attempt attempt) =>
        $"{attempt.Mark.Endpoint.Authority} gave an answer that is none of this API's";

    private static string Escape(string part) => Uri.EscapeDataString(part);
}
