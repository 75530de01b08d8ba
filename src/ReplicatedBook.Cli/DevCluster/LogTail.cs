namespace ReplicatedBook.Cli.DevCluster;

/// <summary>The end of a log file.</summary>
internal static class LogTail
{
    private const int Lines = 15;
    private const int Bytes = 16 << 10;

    public static string Of(string path)
    {
        if (!File.Exists(path))
        {
            return "(there is no log)";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(Bytes, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(Lines));
    }
}
