using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>A core on a whole exchange.</summary>
internal interface ITalliedCore : ICore
{
    /// <summary>The exchange, between passes.</summary>
    Exchange Exchange { get; }

    /// <summary>Events of the last operation.</summary>
    EventBuffer Events { get; }
}
