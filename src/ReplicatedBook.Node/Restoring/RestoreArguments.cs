namespace ReplicatedBook.Node.Restoring;

/// <summary>What <c>restore</c> is to do.</summary>
/// <param name="File">The backup.</param>
/// <param name="Data">Directory in which each node gets a directory of its name.</param>
/// <param name="Nodes">Their names; at least one, each once.</param>
/// <param name="ClusterId">Name of the new cluster; null for the backup's.</param>
internal sealed record RestoreArguments(string File, string Data, IReadOnlyList<string> Nodes, string? ClusterId)
{
    public const string Usage =
        "usage: restore <backup> --data <directory> --node <name> [--node <name> ...] [--cluster <id>]";

    /// <summary>Reads the arguments behind <c>restore</c>.</summary>
    /// <returns>Null when they are not as <see cref="Usage"/> says.</returns>
    public static RestoreArguments? Read(IReadOnlyList<string> arguments)
    {
        var (files, nodes) = (new List<string>(), new List<string>());
        string? data = null, cluster = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            var isOption = arguments[i].StartsWith("--", StringComparison.Ordinal);
            if (isOption && i + 1 == arguments.Count)
            {
                return null;
            }

            switch (arguments[i])
            {
                case "--data":
                    data = arguments[++i];
                    break;
                case "--cluster":
                    cluster = arguments[++i];
                    break;
                case "--node":
                    nodes.Add(arguments[++i]);
                    break;
                default:
                    files.Add(arguments[i]);
                    break;
            }
        }

        return files is [var file] && !file.StartsWith('-') && data is not null && nodes.Count > 0
            && nodes.Distinct().Count() == nodes.Count && nodes.All(IsName) && (cluster is null || IsName(cluster))
            ? new RestoreArguments(file, data, nodes, cluster)
            : null;
    }

    // As in the node's settings; a name that begins with a dot would be no directory of ours.
    private static bool IsName(string name) => name is { Length: > 0 and <= 64 } && name[0] != '.'
        && name.All(character => char.IsAsciiLetterOrDigit(character) || "._:-".Contains(character));
}
