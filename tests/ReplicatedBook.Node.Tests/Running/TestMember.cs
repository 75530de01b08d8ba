namespace ReplicatedBook.Node.Tests.Running;

/// <summary>A member of a test's cluster; port 0 takes a free one.</summary>
public sealed record TestMember(string Id, int HttpPort, int PeerPort);
