using System.Globalization;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Restoring;

/// <summary>The node program's second use: <c>restore</c> makes data directories from a backup, while no node
/// runs.</summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    private const int Done = 0;
    private const int Refused = 1;
    private const int Misused = 2;
    private const int Unavailable = 3;
    private const int Damaged = 5;

    /// <summary>Runs it.</summary>
    /// <param name="arguments">Those behind <c>restore</c>.</param>
    /// <param name="output">What was done.</param>
    /// <param name="error">Why it was not.</param>
    /// <returns>As the command line ends (API.md 6): 0 done, 1 refused, 2 usage, 3 the disk failed, 5 the backup is
    /// damaged. Except after 3, nothing was changed unless it is 0.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        if (RestoreArguments.Read(arguments) is not { } asked)
        {
            error.WriteLine(RestoreArguments.Usage);
            return Misused;
        }

        if (!File.Exists(asked.File))
        {
            error.WriteLine($"restore: no file {asked.File}");
            return Misused;
        }

        try
        {
            var backup = BackupFile.Read(new DurableDisk(), asked.File);
            var restore = new Restore(new DurableDisk(), backup, asked);
            var isCarriedOn = restore.Run();
            Report(output, backup, restore, asked, isCarriedOn);
            return Done;
        }
        catch (RestoreRefusedException refusal)
        {
            error.WriteLine($"restore: {refusal.Message}");
            return Refused;
        }
        catch (Exception damage) when (damage is StorageDamagedException or FormatException)
        {
            error.WriteLine($"restore: the backup is damaged, nothing was restored: {damage.Message}");
            return Damaged;
        }
        catch (StorageVersionException later)
        {
            error.WriteLine($"restore: {later.Message}");
            return Refused;
        }
        catch (IOException failure)
        {
            error.WriteLine($"restore: {failure.Message}; the same command carries on from here");
            return Unavailable;
        }
    }

    private static void Report(
        TextWriter output, BackupFile backup, Restore restore, RestoreArguments asked, bool isCarriedOn)
    {
        if (isCarriedOn)
        {
            output.WriteLine("carried on with a restore that was interrupted");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"backup of {backup.Source.ClusterId} by {backup.Source.NodeId}: index {backup.Mark.Index}, term "
                + $"{backup.Mark.Term}"));
        output.WriteLine($"digest {backup.Digest}");
        output.WriteLine($"state  {backup.StateHash}");
        foreach (var node in asked.Nodes)
        {
            output.WriteLine($"{node} of {restore.ClusterId} is in {restore.PlaceOf(node)}");
        }
    }
}
