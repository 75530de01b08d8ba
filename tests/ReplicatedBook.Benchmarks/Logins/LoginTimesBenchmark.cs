using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using ReplicatedBook.Benchmarks.Cluster;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Benchmarks.Logins;

/// <summary>Whether the time of a refused login tells if there is such a user: wrong passwords and unknown names in
/// turns, so that whatever else the machine does meets both alike.</summary>
internal static class LoginTimesBenchmark
{
    private const string Help = "usage: login-times [--samples 200: logins of each kind]";
    private const int WarmUps = 10;
    private const double MostApart = 0.10; // Of the medians; what is promised.
    private const string Known = "somebody-there";
    private const string Unknown = "nobody-is-here"; // As long.

    /// <summary>Runs it and prints both distributions and the verdict.</summary>
    /// <returns>Exit code: 0, 1 when the medians are further apart than promised, 2 for usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchmarkOptions.Read(arguments, Help, "--samples") is not { } options)
        {
            return 2;
        }

        await using var node = await SecuredNode.StartAsync(
            "--Rates:FailedLoginsOfUser=1000", "--Rates:FailedLoginsOfAddress=10000");
        using (var admin = node.NewClient())
        {
            (await admin.CreateUserAsync(new() { Username = Known, Password = SecuredNode.Password })).Require();
        }

        using var http = new HttpClient { BaseAddress = node.Address };
        var (wrong, nobody) = (new LoginTimes("wrong password"), new LoginTimes("unknown name"));
        for (var i = -WarmUps; i < options.Number("--samples", 200); i++)
        {
            // Which comes first changes from pair to pair.
            var (first, second) = i % 2 == 0 ? (Known, Unknown) : (Unknown, Known);
            foreach (var name in new[] { first, second })
            {
                var took = await RefusedAsync(http, name);
                if (i >= 0)
                {
                    (name == Known ? wrong : nobody).Add(took);
                }
            }
        }

        return Judge(wrong, nobody);
    }

    private static int Judge(LoginTimes wrong, LoginTimes nobody)
    {
        LoginTimes.PrintHeading();
        wrong.Print();
        nobody.Print();
        var ratio = nobody.Median / wrong.Median;
        var isAlike = Math.Abs(ratio - 1) <= MostApart;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"median of unknown names / of wrong passwords: {ratio:0.000}; an unknown name took longer in "
                + $"{100 * nobody.ShareLongerThan(wrong):0} of 100 pairs"));
        Console.WriteLine(isAlike
            ? $"alike: the medians are within {MostApart:P0}"
            : $"NOT alike: the medians are more than {MostApart:P0} apart");
        return isAlike ? 0 : 1;
    }

    private static async Task<TimeSpan> RefusedAsync(HttpClient http, string name)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync(
            "v1/auth/login", new CredentialsRequest { Username = name, Password = "not the right password" },
            RequestJson.Default.CredentialsRequest);
        var took = Stopwatch.GetElapsedTime(started);
        return answer.StatusCode == HttpStatusCode.Unauthorized
            ? took
            : throw new InvalidDataException($"a login was answered {(int)answer.StatusCode}");
    }
}
