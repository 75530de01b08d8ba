using System.Globalization;
using System.Text.Json;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Users, sessions and API keys. What makes a secret has no key and is tried once per doubt: an answer that
/// was lost leaves it unknown.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Makes the first administrator.</summary>
    /// <param name="credentials">Name and password of it.</param>
    /// <param name="token">The one-time token of the node's file.</param>
    /// <param name="cancellation">Gives it up.</param>
    public Task<WriteOutcome<UserResponse>> BootstrapAsync(
        CredentialsRequest credentials, string token, CancellationToken cancellation = default) => WriteAsync(
            new Call(
                HttpMethod.Post, "v1/bootstrap", null,
                JsonSerializer.SerializeToUtf8Bytes(credentials, RequestJson.Default.CredentialsRequest))
            {
                Bearer = token,
            },
            ResponseJson.Default.UserResponse, string.Empty, cancellation);

    /// <summary>Begins a session; the client's own credentials stay as they are.</summary>
    public Task<WriteOutcome<TokenResponse>> LoginAsync(
        CredentialsRequest credentials, CancellationToken cancellation = default) => WriteAsync(
            new Call(
                HttpMethod.Post, "v1/auth/login", null,
                JsonSerializer.SerializeToUtf8Bytes(credentials, RequestJson.Default.CredentialsRequest))
            {
                IsAnonymous = true, // Repeated when an answer was lost: a session that nobody hears of ends by itself.
            },
            ResponseJson.Default.TokenResponse, string.Empty, cancellation);

    /// <summary>Ends the session of the credentials, or all of the user's.</summary>
    public async Task<WriteOutcome<NoContent>> LogoutAsync(
        bool all, string? key = null, CancellationToken cancellation = default)
    {
        var used = key ?? NewKey();
        var call = new Call(
            HttpMethod.Post, "v1/auth/logout", used,
            JsonSerializer.SerializeToUtf8Bytes(
                new LogoutRequest { All = all }, RequestJson.Default.LogoutRequest));
        var (last, attempts) = await _sender.SendAsync(call, cancellation).ConfigureAwait(false);
        var kind = KindOf(last.Kind);
        return new WriteOutcome<NoContent>(
            kind, kind == OutcomeKind.Committed ? new NoContent() : null, last.Problem, last.Mark, used, attempts,
            last.Cause);
    }

    /// <summary>Who the credentials stand for.</summary>
    public Task<ReadAnswer<MeResponse>> GetMeAsync(ReadOptions read, CancellationToken cancellation = default) =>
        ReadAsync(read.On("v1/me"), ResponseJson.Default.MeResponse, cancellation);

    /// <summary>Adds a user; with an account where it has the role user.</summary>
    public Task<WriteOutcome<UserResponse>> CreateUserAsync(
        CreateUserRequest user, CancellationToken cancellation = default) => WriteAsync(
            new Call(
                HttpMethod.Post, "v1/users", null,
                JsonSerializer.SerializeToUtf8Bytes(user, RequestJson.Default.CreateUserRequest)),
            ResponseJson.Default.UserResponse, string.Empty, cancellation);

    /// <summary>Users, oldest first, up to 1,000.</summary>
    public Task<ReadAnswer<Page<UserResponse>>> ListUsersAsync(
        ReadOptions read, CancellationToken cancellation = default) =>
        ReadAsync(read.On("v1/users?limit=1000&order=asc"), ResponseJson.Default.PageUserResponse, cancellation);

    /// <summary>Changes what a user may do.</summary>
    public Task<WriteOutcome<UserResponse>> UpdateUserAsync(
        string user, UpdateUserRequest change, string? key = null, CancellationToken cancellation = default) =>
        WriteAsync(
            HttpMethod.Patch, $"v1/users/{Escape(user)}", change, RequestJson.Default.UpdateUserRequest,
            ResponseJson.Default.UserResponse, key, cancellation);

    /// <summary>Makes an API key of the caller's; its secret is in the answer and nowhere else.</summary>
    public Task<WriteOutcome<ApiKeyResponse>> CreateApiKeyAsync(
        CreateApiKeyRequest apiKey, CancellationToken cancellation = default) => WriteAsync(
            new Call(
                HttpMethod.Post, "v1/api_keys", null,
                JsonSerializer.SerializeToUtf8Bytes(apiKey, RequestJson.Default.CreateApiKeyRequest))
            {
                StopsAtDoubt = true,
            },
            ResponseJson.Default.ApiKeyResponse, string.Empty, cancellation);

    /// <summary>The caller's API keys.</summary>
    public Task<ReadAnswer<Page<ApiKeyResponse>>> ListApiKeysAsync(
        ReadOptions read, CancellationToken cancellation = default) =>
        ReadAsync(read.On("v1/api_keys"), ResponseJson.Default.PageApiKeyResponse, cancellation);

    /// <summary>Ends one of the caller's API keys for good.</summary>
    public Task<WriteOutcome<ApiKeyResponse>> RevokeApiKeyAsync(
        string apiKey, string? key = null, CancellationToken cancellation = default)
    {
        var used = key ?? NewKey();
        return WriteAsync(
            new Call(HttpMethod.Delete, $"v1/api_keys/{Escape(apiKey)}", used, null),
            ResponseJson.Default.ApiKeyResponse, used, cancellation);
    }

    /// <summary>The newest audit records, newest first.</summary>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="user">Only of this user; null for all.</param>
    /// <param name="action">Only this action, such as deposit; null for all.</param>
    /// <param name="read">At which level.</param>
    /// <param name="cancellation">Gives it up.</param>
    public Task<ReadAnswer<Page<AuditRecordResponse>>> ListAuditAsync(
        int limit, string? user, string? action, ReadOptions read, CancellationToken cancellation = default)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"v1/audit?limit={limit}")
            + (user is null ? "" : $"&user_id={Escape(user)}") + (action is null ? "" : $"&action={Escape(action)}");
        return ReadAsync(read.On(path), ResponseJson.Default.PageAuditRecordResponse, cancellation);
    }

    /// <summary>Moves money from one of the caller's accounts to any.</summary>
    public Task<WriteOutcome<TransferResponse>> TransferAsync(
        TransferRequest transfer, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, "v1/transfers", transfer, RequestJson.Default.TransferRequest,
            ResponseJson.Default.TransferResponse, key, cancellation);
}
