using System.Net;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>As whom a connection's commands are carried out.</summary>
/// <param name="Authorization">Its credential, with the scheme; null for none.</param>
/// <param name="Origin">Where it comes from; null where no address is known.</param>
/// <param name="OrderSession">Number of the session that its orders belong to; 0 for none.</param>
internal readonly record struct LineCaller(string? Authorization, IPAddress? Origin, long OrderSession);
