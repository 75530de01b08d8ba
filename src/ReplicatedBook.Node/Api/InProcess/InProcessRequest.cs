namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>What a request made in process has beyond one that came over HTTP.</summary>
internal static class InProcessRequest
{
    /// <summary>Number of the session that orders of this request belong to; 0 for none.</summary>
    public static long OrderSession(this HttpContext http) => http.Features.Get<InPipeline>()?.OrderSession ?? 0;

    /// <summary>Whether its command waits for its turn as long as it takes.</summary>
    public static bool IsPatient(this HttpContext http) => http.Features.Get<InPipeline>() is { IsPatient: true };
}
