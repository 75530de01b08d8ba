using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb member: who belongs to the cluster.</summary>
internal static class MemberCommands
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    public static Command Build() =>
        new("member", "Shows and changes who belongs to the cluster.") { List(), Add(), Promote(), Remove() };

    private static Command List()
    {
        var command = new Command("list", "Lists the members as the cluster has them.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetClusterAsync(cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.ClusterResponse, cluster =>
            {
                Tables.Print(
                    ["NODE", "ROLE", "VOTES", "API", ">APPLIED", ">LAG", "CAUGHT UP BY", "HEALTHY"],
                    cluster.Members.Select(member => (IReadOnlyList<string>)
                    [
                        member.NodeId, member.Role ?? "-", member.Voter ? "yes" : "no", member.Api ?? "-",
                        $"{member.AppliedIndex}", $"{member.LagEntries}", member.CaughtUpBy ?? "-",
                        member.Healthy ? "yes" : "no",
                    ]));
                Console.WriteLine($"{cluster.Quorum} votes decide; so many voters may fail: {cluster.FaultTolerance}");
            });
        });
        return command;
    }

    private static Command Add()
    {
        var node = new Argument<string>("node") { Description = "Name of the new member; it runs with Cluster:Join." };
        var peer = new Option<string>("--peer")
        {
            Description = "Where its peers reach it: host:port.",
            Required = true,
        };
        var api = new Option<string>("--api")
        {
            Description = "Where clients reach it: http://host:port.",
            Required = true,
        };
        var wait = new Option<bool>("--wait") { Description = "Waits until it has caught up, and says how." };
        var command = new Command("add", "Adds a member without a vote.") { node, peer, api, wait };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var member = new AddMemberRequest
            {
                NodeId = parse.GetRequiredValue(node),
                Peer = parse.GetRequiredValue(peer),
                Api = parse.GetRequiredValue(api),
            };
            var (outcome, _) = await EachEndpoint.AskAsync(
                parse, client, one => one.AddMemberAsync(member, cancellation));
            var code = Answers.Print(parse, outcome, ResponseJson.Default.MemberChangeResponse, Print);
            return code == ExitCodes.Ok && parse.GetValue(wait)
                ? await WaitAsync(parse, client, member.NodeId, cancellation)
                : code;
        });
        return command;
    }

    private static Command Promote()
    {
        var node = new Argument<string>("node");
        var command = new Command("promote", "Gives a member that has caught up its vote.") { node };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var name = parse.GetRequiredValue(node);
            var (outcome, _) = await EachEndpoint.AskAsync(
                parse, client, one => one.PromoteMemberAsync(name, cancellation));
            return Answers.Print(parse, outcome, ResponseJson.Default.MemberChangeResponse, Print);
        });
        return command;
    }

    private static Command Remove()
    {
        var node = new Argument<string>("node");
        var command = new Command("remove", "Removes a member; the leader hands over first.") { node };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var name = parse.GetRequiredValue(node);
            var (outcome, _) = await EachEndpoint.AskAsync(
                parse, client, one => one.RemoveMemberAsync(name, cancellation));
            return Answers.Print(parse, outcome, ResponseJson.Default.MemberChangeResponse, Print);
        });
        return command;
    }

    /// <summary>Waits, as long as a call may take, until the cluster says how the member caught up.</summary>
    private static async Task<int> WaitAsync(
        ParseResult parse, ReplicatedBookClient client, string node, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(GlobalOptions.Limit(parse));
        using var pace = new PeriodicTimer(LookAgain);
        try
        {
            while (true)
            {
                var cluster = (await client.GetClusterAsync(limit.Token)).Value;
                if (cluster?.Members.FirstOrDefault(member => member.NodeId == node) is { CaughtUpBy: { } how } found)
                {
                    Console.WriteLine($"{node} caught up by {how} at index {found.AppliedIndex}");
                    return ExitCodes.Ok;
                }

                await pace.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine($"rb: {node} was added, but has not caught up yet");
            return ExitCodes.Unavailable;
        }
    }

    private static void Print(MemberChangeResponse done) => Console.WriteLine(
        done.Index is { } index ? $"{done.NodeId} {done.Change} at index {index}" : $"{done.NodeId} {done.Change}");
}
