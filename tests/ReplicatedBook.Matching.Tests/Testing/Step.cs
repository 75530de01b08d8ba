namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>One drawn step of a session; which fields count depends on the kind.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Orders">One for a single order, several for a batch.</param>
/// <param name="Price">New price, before scaling; other kinds use it as a small number.</param>
/// <param name="Lots">New quantity; other kinds use it as a small number.</param>
/// <param name="Pick">Picks among orders, assets and the like.</param>
/// <param name="Seconds">Time since the step before.</param>
public sealed record Step(StepKind Kind, DrawnOrder[] Orders, long Price, long Lots, int Pick, int Seconds)
{
    public int Account => Orders[0].Account;

    public int Instrument => Orders[0].Instrument;

    public override string ToString() =>
        $"{Kind} price {Price} lots {Lots} pick {Pick} after {Seconds} s: {string.Join(", ", (object[])Orders)}";
}
