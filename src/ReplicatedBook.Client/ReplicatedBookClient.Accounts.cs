using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Assets, accounts and money. In every write, <c>key</c> null means a new one is made up.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Creates an asset.</summary>
    public Task<WriteOutcome<AssetResponse>> CreateAssetAsync(
        CreateAssetRequest asset, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, "v1/assets", asset, RequestJson.Default.CreateAssetRequest,
            ResponseJson.Default.AssetResponse, key, cancellation);

    /// <summary>Assets, up to 1,000.</summary>
    public Task<ReadAnswer<Page<AssetResponse>>> ListAssetsAsync(
        ReadOptions read, CancellationToken cancellation = default) =>
        ReadAsync(read.On("v1/assets?limit=1000"), ResponseJson.Default.PageAssetResponse, cancellation);

    /// <summary>Creates an account.</summary>
    public Task<WriteOutcome<AccountResponse>> CreateAccountAsync(
        CreateAccountRequest account, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, "v1/accounts", account, RequestJson.Default.CreateAccountRequest,
            ResponseJson.Default.AccountResponse, key, cancellation);

    /// <summary>Accounts, oldest first, up to 1,000.</summary>
    public Task<ReadAnswer<Page<AccountResponse>>> ListAccountsAsync(
        ReadOptions read, CancellationToken cancellation = default) =>
        ReadAsync(read.On("v1/accounts?limit=1000&order=asc"), ResponseJson.Default.PageAccountResponse, cancellation);

    /// <summary>One account.</summary>
    public Task<ReadAnswer<AccountResponse>> GetAccountAsync(
        string account, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On($"v1/accounts/{Escape(account)}"), ResponseJson.Default.AccountResponse, cancellation);

    /// <summary>Sets an account's dead man's switch: all its open orders are canceled unless it is set anew in
    /// time.</summary>
    public Task<WriteOutcome<CancelAfterResponse>> SetCancelAfterAsync(
        string account, CancelAfterRequest request, string? key = null, CancellationToken cancellation = default) =>
        WriteAsync(
            HttpMethod.Put, $"v1/accounts/{Escape(account)}/cancel_after", request,
            RequestJson.Default.CancelAfterRequest, ResponseJson.Default.CancelAfterResponse, key, cancellation);

    /// <summary>Puts money into an account.</summary>
    public Task<WriteOutcome<FundsResponse>> DepositAsync(
        string account, FundsRequest funds, string? key = null, CancellationToken cancellation = default) =>
        WriteAsync(
            HttpMethod.Post, $"v1/accounts/{Escape(account)}/deposits", funds, RequestJson.Default.FundsRequest,
            ResponseJson.Default.FundsResponse, key, cancellation);

    /// <summary>Takes money out of an account.</summary>
    public Task<WriteOutcome<FundsResponse>> WithdrawAsync(
        string account, FundsRequest funds, string? key = null, CancellationToken cancellation = default) =>
        WriteAsync(
            HttpMethod.Post, $"v1/accounts/{Escape(account)}/withdrawals", funds, RequestJson.Default.FundsRequest,
            ResponseJson.Default.FundsResponse, key, cancellation);

    /// <summary>What an account has.</summary>
    public Task<ReadAnswer<BalancesResponse>> GetBalancesAsync(
        string account, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On($"v1/accounts/{Escape(account)}/balances"), ResponseJson.Default.BalancesResponse, cancellation);
}
