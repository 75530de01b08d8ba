namespace ReplicatedBook.Node.Api.Http;

/// <summary>Parts of the path.</summary>
internal static class RouteText
{
    /// <summary>A part by its name in the route's template.</summary>
    public static string Of(HttpContext http, string name) => http.Request.RouteValues[name] as string ?? "";
}
