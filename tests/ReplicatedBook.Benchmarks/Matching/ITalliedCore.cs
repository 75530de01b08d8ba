using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>A core on a whole exchange.</summary>
internal interface ITalliedCore : ICore
{
    /// <summary>The exchange, between passes.</summary>
    Exchange Exchange { get; }

    /// <summary>Sends the events of later runs elsewhere; null for the usual buffer.</summary>
    void TellTo(IEventSink? sink);
}
