using System.Globalization;
using System.Text.Json;
using ReplicatedBook.Agents;
using ReplicatedBook.Agents.Trading;
using ReplicatedBook.Cli.Output;

namespace ReplicatedBook.Cli.AgentRuns;

/// <summary>Prints what an agent does, a line each.</summary>
/// <param name="isJson">Whether a line is JSON.</param>
/// <param name="time">Stands at the beginning of each line.</param>
internal sealed class AgentPrinter(bool isJson, TimeProvider time)
{
    public void Print(AgentEvent told)
    {
        var line = new AgentLine(
            time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            JsonNamingPolicy.SnakeCaseLower.ConvertName(told.Action.ToString()),
            told.Order, told.Side, TextOf(told.Price), TextOf(told.Quantity), told.Detail);
        Console.WriteLine(isJson ? JsonSerializer.Serialize(line, OutputJson.Default.AgentLine) : TextOf(line));
    }

    private static string TextOf(AgentLine line)
    {
        var parts = new[]
        {
            line.Time, line.Event.PadRight(8), line.Order, line.Side, line.Quantity,
            line.Price is null ? null : $"@{line.Price}", line.Detail,
        };
        return string.Join(' ', parts.Where(part => part is not null)).TrimEnd();
    }

    private static string? TextOf(decimal? value) => value is { } number ? Market.Text(number) : null;
}
