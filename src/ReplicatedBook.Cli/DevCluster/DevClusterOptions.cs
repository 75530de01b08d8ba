namespace ReplicatedBook.Cli.DevCluster;

/// <summary>How a development cluster is started.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Plans">Its nodes.</param>
/// <param name="IsFresh">Whether what is in the folder is deleted first.</param>
/// <param name="IsSeeded">Whether something to try is put in.</param>
/// <param name="HasUsers">Whether the nodes ask for credentials.</param>
internal sealed record DevClusterOptions(
    DevClusterFolder Folder, IReadOnlyList<NodePlan> Plans, bool IsFresh, bool IsSeeded, bool HasUsers);
