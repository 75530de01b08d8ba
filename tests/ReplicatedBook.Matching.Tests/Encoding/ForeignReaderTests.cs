using System.Diagnostics;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>Goal: any MessagePack tool can read what is written. Method: Python's msgpack reads every sample and writes
/// it
/// again; since both write shortest forms, the bytes must be the same.</summary>
public sealed class ForeignReaderTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Foreign_reader_and_writer_give_the_same_bytes()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Encoding", "foreign_reader.py");
        if (!File.Exists(Python) || Run(["-c", "import msgpack"], "").ExitCode != 0)
        {
            Assert.Skip($"no msgpack for {Python}: install the Debian package python3-msgpack");
        }

        var lines = Samples.All.Select(sample => Convert.ToHexStringLower(sample.Bytes)).ToList();
        var (exitCode, output) = Run([script], string.Join('\n', lines) + "\n");

        Assert.Equal(0, exitCode);
        Assert.Equal(lines, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static (int ExitCode, string Output) Run(string[] arguments, string input)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, errors.Result.Length > 0 && process.ExitCode == 0 ? errors.Result : output.Result);
    }
}
