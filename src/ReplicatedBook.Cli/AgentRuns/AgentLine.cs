namespace ReplicatedBook.Cli.AgentRuns;

/// <summary>One thing that an agent did, as <c>-o json</c> prints it; what does not apply is absent.</summary>
/// <param name="Time">When it was told, UTC.</param>
/// <param name="Event">placed, canceled, filled, refused, waiting, idle, complete, funded, started or stopped.</param>
/// <param name="Order">Client order id.</param>
/// <param name="Side">buy or sell.</param>
/// <param name="Price">Limit.</param>
/// <param name="Quantity">Of the order; of a fill what was filled.</param>
/// <param name="Detail">More, in words.</param>
internal sealed record AgentLine(
    string Time, string Event, string? Order, string? Side, string? Price, string? Quantity, string? Detail);
