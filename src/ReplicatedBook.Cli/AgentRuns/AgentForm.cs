using System.CommandLine;
using ReplicatedBook.Agents;
using ReplicatedBook.Agents.Trading;

namespace ReplicatedBook.Cli.AgentRuns;

/// <summary>One type of agent as the command line knows it.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Prefix">Its orders are named so, unless it is told otherwise.</param>
/// <param name="Description">For people.</param>
/// <param name="Clears">Sides of the book that it takes orders of an earlier run out of.</param>
/// <param name="Settings">What it can be told, beyond what all can.</param>
/// <param name="Read">Reads the settings, without asking any node, and says how to make the agent of them.</param>
internal sealed record AgentForm(
    string Type, string Prefix, string Description, IReadOnlyList<string> Clears, IReadOnlyList<AgentSetting> Settings,
    Func<ParseResult, Func<TradingDesk, IAgent>> Read);
