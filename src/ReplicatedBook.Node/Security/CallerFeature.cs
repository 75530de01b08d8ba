namespace ReplicatedBook.Node.Security;

/// <summary>The caller of a request, on the request.</summary>
internal static class CallerFeature
{
    /// <summary>Says who makes the request; once, before its route is entered.</summary>
    public static void SetCaller(this HttpContext http, Caller caller) => http.Features.Set(caller);

    /// <summary>Who makes the request.</summary>
    /// <exception cref="InvalidOperationException">Nobody has established it: the request passed the
    /// authentication by.</exception>
    public static Caller Caller(this HttpContext http) => http.Features.Get<Caller>()
        ?? throw new InvalidOperationException("the caller of the request is not established");
}
