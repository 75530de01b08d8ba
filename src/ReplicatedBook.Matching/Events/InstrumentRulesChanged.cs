using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An instrument was given rules; follows its <see cref="InstrumentChanged"/>.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Rules">What it demands of orders from now on.</param>
public readonly record struct InstrumentRulesChanged(InstrumentId Instrument, OrderRules Rules);
