namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>The session of orders on a request.</summary>
internal static class OrderSessionFeature
{
    /// <summary>Number of the session that orders of this request belong to; 0 for none.</summary>
    public static long OrderSession(this HttpContext http) => http.Features.Get<InOrderSession>()?.Number ?? 0;
}
