using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>One drawn step of a session; which fields count depends on the kind.</summary>
public sealed record Step(
    StepKind Kind, int Account, Side Side, OrderType Type, long Price, long Lots, TimeInForce TimeInForce,
    bool PostOnly,
    SelfTradePrevention Stp, int Pick);
