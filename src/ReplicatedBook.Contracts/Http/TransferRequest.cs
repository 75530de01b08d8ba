namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/transfers.</summary>
public sealed record TransferRequest
{
    /// <summary>Who gives: one of the caller's accounts.</summary>
    public required string FromAccount { get; init; }

    /// <summary>Who gets: any account.</summary>
    public required string ToAccount { get; init; }

    /// <summary>The asset; not shares of an outcome.</summary>
    public required string Asset { get; init; }

    /// <summary>Decimal, positive.</summary>
    public required string Amount { get; init; }
}
