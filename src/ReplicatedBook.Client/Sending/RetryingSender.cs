using System.Diagnostics;
using System.Text.Json;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Sending;

/// <summary>Repeats a call over the endpoints until there is a definite answer or the deadline is over. Safe from any
/// thread.</summary>
/// <remarks>A write may be repeated because its key, or its client order id, is part of the replicated state: whichever
/// attempt enters the log first is executed, the others are given its answer.</remarks>
internal sealed class RetryingSender(EndpointRing ring, EndpointCaller caller, ClientOptions options)
{
    /// <summary>Sends a call.</summary>
    /// <returns>The deciding attempt and how many there were. A last attempt that was surely not executed is told as
    /// unknown when an earlier one may have been: only an answer takes that doubt away.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; a write may have been executed.</exception>
    public async Task<(Attempt Last, int Attempts)> SendAsync(Call call, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var endpoint = ring.Favourite;
        var doubt = false;
        var isRenewed = false;
        for (var attempts = 1; ; attempts++)
        {
            var left = options.Deadline - Stopwatch.GetElapsedTime(started);
            var bearer = options.Credentials?.Bearer;
            var attempt = await caller.SendAsync(
                endpoint, call, Least(options.AttemptTimeout, left), cancellation).ConfigureAwait(false);
            if (!isRenewed && IsUnauthenticated(call, attempt)
                && await RenewAsync(bearer, endpoint, cancellation).ConfigureAwait(false))
            {
                isRenewed = true; // Refused before anything was done: the same once more, with another credential.
                continue;
            }

            if (attempt.Kind is AttemptKind.Answered or AttemptKind.Refused)
            {
                var isDefinite = IsDefinite(call, attempt, doubt);
                return (isDefinite ? attempt : attempt with { Kind = AttemptKind.Unknown }, attempts);
            }

            doubt |= attempt.Kind == AttemptKind.Unknown;
            if (doubt && call.StopsAtDoubt)
            {
                return (attempt, attempts);
            }

            endpoint = ring.MoveFrom(endpoint);
            var pause = Pause(attempts, attempt.RetryAfter);
            if (attempts >= options.MaxAttempts || Stopwatch.GetElapsedTime(started) + pause >= options.Deadline)
            {
                return (doubt ? attempt with { Kind = AttemptKind.Unknown } : attempt, attempts);
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A refusal is remembered under the request's key only: without a key an earlier attempt that is still on
    /// its way may yet be accepted.</summary>
    private static bool IsDefinite(Call call, Attempt attempt, bool doubt) =>
        attempt.Kind == AttemptKind.Answered || !doubt || call.Key is not null || call.IsRead;

    private static bool IsUnauthenticated(Call call, in Attempt attempt) =>
        !call.IsAnonymous && call.Bearer is null
        && attempt is { Kind: AttemptKind.Refused, Problem.Code: "token_expired" or "unauthenticated" };

    /// <summary>Renews a session whose credential was refused.</summary>
    /// <returns>Whether there is another credential now.</returns>
    public async Task<bool> RenewAsync(string? refused, Uri endpoint, CancellationToken cancellation) =>
        refused is not null && await options.Credentials!.RenewAsync(
            refused, token => RefreshAsync(token, endpoint, cancellation), cancellation).ConfigureAwait(false);

    /// <summary>Only an attempt that was surely not executed is followed by another: a refresh token that is used twice
    /// ends its session.</summary>
    private async Task<SessionTokens?> RefreshAsync(string token, Uri first, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new RefreshRequest { RefreshToken = token }, RequestJson.Default.RefreshRequest);
        var call = new Call(HttpMethod.Post, "v1/auth/refresh", null, body) { IsAnonymous = true };
        var endpoint = first;
        for (var i = 0; i < ring.All.Count; i++)
        {
            var attempt = await caller.SendAsync(
                endpoint, call, options.AttemptTimeout, cancellation).ConfigureAwait(false);
            if (attempt.Kind != AttemptKind.NotExecuted)
            {
                return attempt.Kind == AttemptKind.Answered ? TokensOf(attempt.Body) : null;
            }

            endpoint = ring.MoveFrom(endpoint);
        }

        return null;
    }

    private static SessionTokens? TokensOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ResponseJson.Default.TokenResponse) is { } answer
                ? Credentials.TokensOf(answer)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Grows with the rounds over all endpoints; drawn, so that many clients do not come back as
    /// one.</summary>
    public TimeSpan Pause(int attempts, TimeSpan asked)
    {
        var round = Math.Min((attempts - 1) / ring.All.Count, 16);
        var whole = Least(options.MinBackoff * (1 << round), options.MaxBackoff);
        var drawn = whole * (0.5 + (Random.Shared.NextDouble() / 2));
        return drawn > asked ? drawn : asked;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
