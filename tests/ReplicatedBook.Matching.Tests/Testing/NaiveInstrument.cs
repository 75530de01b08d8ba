using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>An instrument of the naive exchange.</summary>
internal sealed class NaiveInstrument
{
    public required int Id { get; init; }

    public required NaiveTerms Terms { get; init; }

    public int MakerFee { get; set; }

    public int TakerFee { get; set; }

    public OrderRules Rules { get; set; }

    public InstrumentStatus Status { get; set; }

    /// <summary>0 before the first trade.</summary>
    public long LastPrice { get; set; }

    /// <summary>Prices of the trades since stop orders were looked at.</summary>
    public List<long> Traded { get; } = [];

    public NaiveInstrument Copy() => new()
    {
        Id = Id,
        Terms = Terms,
        MakerFee = MakerFee,
        TakerFee = TakerFee,
        Rules = Rules,
        Status = Status,
        LastPrice = LastPrice,
    };
}
