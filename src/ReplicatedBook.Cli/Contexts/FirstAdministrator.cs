using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Contexts;

/// <summary>Makes the first administrator of a cluster.</summary>
internal static class FirstAdministrator
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes it; waits while a cluster that has just started cannot have users yet, which is until all nodes
    /// have told the leader that they know of them.</summary>
    /// <param name="client">Of the cluster; its credentials are not used.</param>
    /// <param name="request">Name and password.</param>
    /// <param name="token">The one-time token of the nodes' file.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The last answer.</returns>
    public static async Task<WriteOutcome<UserResponse>> MakeAsync(
        ReplicatedBookClient client, CredentialsRequest request, string token, TimeSpan limit,
        CancellationToken cancellation)
    {
        var until = DateTime.UtcNow + limit;
        while (true)
        {
            var made = await client.BootstrapAsync(request, token, cancellation);
            if (made.Problem?.Code != "feature_disabled" || DateTime.UtcNow > until)
            {
                return made;
            }

            await Task.Delay(LookAgain, cancellation);
        }
    }
}
