namespace ReplicatedBook.Client.Sending;

/// <summary>The endpoints in their order, and the one that is asked first. Safe from any thread.</summary>
/// <remarks>All callers share the favourite: one failed attempt moves everybody off a dead node.</remarks>
internal sealed class EndpointRing
{
    private readonly Uri[] _endpoints;
    private int _favourite;

    public EndpointRing(IEnumerable<Uri> endpoints)
    {
        _endpoints = [.. endpoints];
        if (_endpoints.Length == 0)
        {
            throw new ArgumentException("at least one endpoint is needed", nameof(endpoints));
        }
    }

    public IReadOnlyList<Uri> All => _endpoints;

    public Uri Favourite => _endpoints[Volatile.Read(ref _favourite)];

    /// <summary>The endpoint after one that failed; it becomes the favourite if the failed one still was.</summary>
    public Uri MoveFrom(Uri failed)
    {
        var at = Array.IndexOf(_endpoints, failed);
        var next = (at + 1) % _endpoints.Length;
        Interlocked.CompareExchange(ref _favourite, next, at);
        return _endpoints[next];
    }
}
