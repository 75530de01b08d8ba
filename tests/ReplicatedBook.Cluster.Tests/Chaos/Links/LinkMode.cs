namespace ReplicatedBook.Cluster.Tests.Chaos.Links;

/// <summary>What a link does with what it carries.</summary>
internal enum LinkMode
{
    /// <summary>Passes everything on at once.</summary>
    Pass = 0,

    /// <summary>A black hole: takes connections and bytes and passes nothing on.</summary>
    Drop = 1,

    /// <summary>Passes bytes on late, in order.</summary>
    Delay = 2,

    /// <summary>Keeps bytes until the mode changes; then they arrive, in order, as after a long outage.</summary>
    Hold = 3,

    /// <summary>Ends every connection with a reset.</summary>
    Reset = 4,
}
