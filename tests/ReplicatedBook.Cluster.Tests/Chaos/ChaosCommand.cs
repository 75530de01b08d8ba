using System.Globalization;

namespace ReplicatedBook.Cluster.Tests.Chaos;

/// <summary>The program: <c>chaos --minutes N --seed S [--nodes 3|5] [--clients C]</c> or
/// <c>chaos --cycles N</c>.</summary>
internal static class ChaosCommand
{
    private const string Usage = "chaos [--minutes <default 2>] [--seed <default drawn>] [--nodes 3|5] "
        + "[--clients <1 to 31, default 12>] [--cycles <faults of the leader only, so many, instead of minutes>]";

    /// <summary>Runs until the time is over or a promise was found broken.</summary>
    /// <returns>0 when all promises were kept, 1 when not, 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions(
            TimeSpan.FromMinutes(2), (ulong)Random.Shared.NextInt64(1, 1L << 40), Nodes: 3, Cycles: 0, Clients: 12);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            var isNumber = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            ChaosOptions? changed = (arguments[i], number) switch
            {
                ("--minutes", > 0 and < 100_000) => options with { Duration = TimeSpan.FromMinutes(number) },
                ("--seed", _) => options with { Seed = number },
                ("--nodes", 3 or 5) => options with { Nodes = (int)number },
                ("--clients", > 0 and < 32) => options with { Clients = (int)number },
                ("--cycles", > 0 and < 1_000_000) => options with { Cycles = (int)number },
                _ => null,
            };
            if (!isNumber || changed is null)
            {
                Console.Error.WriteLine($"chaos: cannot read '{arguments[i]} {value}'; usage: {Usage}");
                return 2;
            }

            options = changed;
        }

        return await new ChaosRun(options, Console.WriteLine).RunAsync() ? 0 : 1;
    }
}
