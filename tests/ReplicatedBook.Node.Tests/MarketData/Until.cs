namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Waits for what happens on other threads.</summary>
internal static class Until
{
    /// <summary>Waits until a condition holds, and fails the test where it never does.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
