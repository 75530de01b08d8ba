using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Agents;

/// <summary>Goal: a setting that is wrong is named, by the option or the variable it is from, and nothing is sent.
/// Method: the real program, whose nodes are not there.</summary>
public sealed class SettingTests
{
    [Theory]
    [InlineData("market-maker", "TICK_MILLIS=x", "TICK_MILLIS must be a whole number from 1 to 2147483647, not \"x\"")]
    [InlineData("market-maker --spread 1e3", "SPREAD=5", "--spread must be a number such as 0.5, not \"1e3\"")]
    [InlineData("twap --price 1", "ORDER_TYPE=iceberg", "ORDER_TYPE must be one of market, limit, ioc, fok, post_only")]
    [InlineData("twap", "SIDE=ask", "--price is needed, or the variable PRICE")]
    [InlineData("passive-buyer", "TARGET_PRICE=-1", "TARGET_PRICE must be a number such as 0.5, not \"-1\"")]
    [InlineData("noise --seed x", "SEED=1", "--seed must be a whole number from 0 to 2147483647, not \"x\"")]
    [InlineData("informed --name no/slash", "SEED=1", "--name must be 1 to 12 letters, digits, . _ : or -")]
    public async Task A_wrong_setting_is_named(string agent, string variable, string message)
    {
        var (code, error) = await RunAsync(agent, variable, "INSTRUMENT=X", "ACCOUNT_ID=a1");

        Assert.Equal(2, code);
        Assert.StartsWith($"rb: {message}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INSTRUMENT=", "ACCOUNT_ID=a1", "--instrument is needed, or the variable INSTRUMENT")]
    [InlineData("INSTRUMENT=X", "ACCOUNT_ID=", "--account is needed, or the variable ACCOUNT_ID")]
    public async Task What_every_agent_needs_is_named(string instrument, string account, string message)
    {
        var (code, error) = await RunAsync("market-maker", instrument, account);

        Assert.Equal((2, $"rb: {message}"), (code, error.Trim()));
    }

    private static async Task<(int Code, string Error)> RunAsync(string agent, params string[] variables)
    {
        var environment = variables.Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        using var rb = RbProcess.Start(
            ["agent", "run", .. agent.Split(' '), "--endpoint", "127.0.0.1:1"], environment: environment);
        var output = rb.StandardOutput.ReadToEndAsync();
        var error = await rb.StandardError.ReadToEndAsync();
        await rb.WaitForExitAsync();
        Assert.Equal("", await output);
        return (rb.ExitCode, error);
    }
}
