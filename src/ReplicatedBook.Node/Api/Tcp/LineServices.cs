using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>What all connections of the line protocol use.</summary>
internal sealed record LineServices(
    RouteCaller Routes, LineFeeds Feeds, OrderSessions Sessions, IAuthenticator Authenticator, IReplicatedLog Log,
    NodeSettings Settings, TimeProvider Time);
