namespace ReplicatedBook.Replication;

/// <summary>The replica has stopped, because the node is stopping or its disk has failed.</summary>
public sealed class ReplicaStoppedException() : InvalidOperationException("the replica has stopped");
