namespace ReplicatedBook.Contracts.Http;

/// <summary>Answer of a login and of a refresh.</summary>
/// <param name="AccessToken">Goes into <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType">Bearer.</param>
/// <param name="ExpiresIn">Seconds that the access token holds.</param>
/// <param name="RefreshToken">Is exchanged for the next pair, once.</param>
/// <param name="User">Whose they are.</param>
public sealed record TokenResponse(
    string AccessToken, string TokenType, long ExpiresIn, string RefreshToken, UserResponse User);
