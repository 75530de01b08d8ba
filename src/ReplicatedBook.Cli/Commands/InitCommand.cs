using System.CommandLine;
using System.Text.RegularExpressions;
using ReplicatedBook.Cli.Init;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb init: keys, certificates, bootstrap token and configuration of a cluster on several machines.</summary>
internal static partial class InitCommand
{
    public static Command Build()
    {
        var folder = Folder("Folder to make; it must not be there yet.");
        var cluster = new Option<string>("--cluster") { Description = "Name of the cluster.", Required = true };
        var nodes = Nodes(required: true);
        var days = Days();
        var command = new Command(
            "init", "Makes an authority, and per node certificates and a configuration file, for a new cluster.")
        {
            folder, cluster, nodes, days, AddNode(), Renew(),
        };
        command.SetAction(parse =>
        {
            var plan = new ClusterPlan(
                RequireName(parse.GetRequiredValue(cluster)),
                [.. parse.GetRequiredValue(nodes).Select(InitNode.Parse)]);
            var twice = plan.Nodes.GroupBy(node => node.Name).FirstOrDefault(group => group.Count() > 1);
            if (twice is not null)
            {
                throw new UsageException($"--node {twice.Key} is given twice");
            }

            var made = new InitFolder(parse.GetRequiredValue(folder));
            Try(() => made.Create(plan, parse.GetRequiredValue(days)));
            PrintMade(made, plan);
        });
        return command;
    }

    private static Command AddNode()
    {
        var folder = Folder("Folder that 'rb init' has made.");
        var nodes = Nodes(required: true);
        var days = Days();
        var command = new Command("add-node", "Makes the folder of a node that is to join the cluster.")
        {
            folder, nodes, days,
        };
        command.SetAction(parse =>
        {
            var made = new InitFolder(parse.GetRequiredValue(folder));
            foreach (var node in parse.GetRequiredValue(nodes).Select(InitNode.Parse).ToArray())
            {
                Try(() => made.AddNode(node, parse.GetRequiredValue(days)));
                Console.WriteLine($"{Path.Combine(made.Path, node.Name)}: start the node from there, then");
                Console.WriteLine($"  rb member add {node.Name} --peer {node.Peer} --api https://{node.Api} --wait");
            }
        });
        return command;
    }

    private static Command Renew()
    {
        var folder = Folder("Folder that 'rb init' has made.");
        var names = new Option<string[]>("--node")
        {
            Description = "Names of the nodes. Default: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var days = Days();
        var command = new Command(
            "renew", "Makes new certificates and keys for nodes; a running node takes them from its folder by itself.")
        {
            folder, names, days,
        };
        command.SetAction(parse =>
        {
            var made = new InitFolder(parse.GetRequiredValue(folder));
            Try(() =>
            {
                foreach (var name in made.Renew(parse.GetValue(names) ?? [], parse.GetRequiredValue(days)))
                {
                    Console.WriteLine($"{Path.Combine(made.Path, name)}: new certificates");
                }
            });
        });
        return command;
    }

    private static Argument<string> Folder(string description) => new("folder") { Description = description };

    private static Option<string[]> Nodes(bool required) => new("--node")
    {
        Description = "NAME=HOST:PORT[,HOST:PORT]: where peers reach it, and where clients do (else port 8001 there).",
        Required = required,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>A year: long enough not to be a chore, short enough not to be forgotten for good.</summary>
    private static Option<TimeSpan> Days() => new("--days")
    {
        Description = "Days until the certificates of nodes end, 1 to 3650. Default 365.",
        DefaultValueFactory = _ => TimeSpan.FromDays(365),
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var days) && days is >= 1 and <= 3650)
            {
                return TimeSpan.FromDays(days);
            }

            result.AddError("--days must be 1 to 3650");
            return default;
        },
    };

    private static string RequireName(string cluster) => Name().IsMatch(cluster)
        ? cluster
        : throw new UsageException("--cluster must be 1 to 64 characters of A-Za-z0-9._:-");

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(failure.Message);
        }
    }

    private static void PrintMade(InitFolder made, ClusterPlan plan)
    {
        Console.WriteLine($"{made.Path}: cluster {plan.Cluster}");
        Console.WriteLine($"  {InitFolder.AuthorityKey,-16} makes nodes: keep it off their machines");
        Console.WriteLine($"  {InitFolder.Authority,-16} for clients: rb --ca {InitFolder.Authority} ...");
        Console.WriteLine($"  {InitFolder.BootstrapToken,-16} makes the first administrator, once");
        foreach (var node in plan.Nodes)
        {
            Console.WriteLine($"  {node.Name + "/",-16} to the machine of {node.Name}; there, from within it:");
            Console.WriteLine($"  {string.Empty,-16} rb serve --config {InitFolder.Configuration}");
        }

        var there = $"--ca {Path.Combine(made.Path, InitFolder.Authority)} "
            + $"--endpoint {string.Join(',', plan.Nodes.Select(node => "https://" + node.Api))}";
        Console.WriteLine(
            $"then  rb bootstrap root --token-file {Path.Combine(made.Path, InitFolder.BootstrapToken)} {there}");
        Console.WriteLine($"and   rb login root --name {plan.Cluster} {there}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Name();
}
