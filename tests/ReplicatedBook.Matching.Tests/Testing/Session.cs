namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A drawn sequence of steps with the market it runs in.</summary>
/// <param name="MakerFee">In basis points.</param>
/// <param name="TakerFee">In basis points.</param>
/// <param name="Grain">0: ticks and lots are whole units; else how many digits finer than a unit tick times lot
/// is.</param>
/// <param name="Funds">Units of both assets that each of three accounts starts with.</param>
/// <param name="MaxOpenOrders">Of one account.</param>
/// <param name="Steps">The steps.</param>
public sealed record Session(int MakerFee, int TakerFee, int Grain, long Funds, int MaxOpenOrders, Step[] Steps)
{
    /// <summary>Ticks of one drawn price: fine ticks are drawn coarsely, so that orders still meet.</summary>
    public long Scale => Grain == 0 ? 1 : 613;

    public override string ToString() =>
        $"maker {MakerFee} taker {TakerFee} grain {Grain} funds {Funds} open {MaxOpenOrders}\n"
            + string.Join('\n', Steps.Select(step => step.ToString()));
}
