using System.Collections.Concurrent;
using System.Diagnostics;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary><c>rb feed --follow</c> as a process, and all that it prints.</summary>
internal sealed class RbFeed : IDisposable
{
    private readonly Process _rb;
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ConcurrentQueue<string> _errors = new();

    public RbFeed(IEnumerable<Uri> endpoints)
    {
        _rb = RbProcess.Start(
            ["feed", "--follow", "--from", "1", "--endpoint", string.Join(',', endpoints.Select(at => at.Authority))]);
        _rb.OutputDataReceived += (_, line) => Keep(line.Data);
        _rb.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "end");
        _rb.BeginOutputReadLine();
        _rb.BeginErrorReadLine();
    }

    /// <summary>Place and type of every event, in the order in which they were printed.</summary>
    public IReadOnlyCollection<string> Told => _told;

    /// <summary>How often it said that it goes on at another node.</summary>
    public int Moves => _errors.Count(line => line.Contains(" goes on after index ", StringComparison.Ordinal));

    /// <summary>What it said beside.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Ends it as a user would.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_rb.Id}"]);
        await kill.WaitForExitAsync(cancellation);
        await _rb.WaitForExitAsync(cancellation);
        return _rb.ExitCode;
    }

    public void Dispose()
    {
        if (!_rb.HasExited)
        {
            _rb.Kill();
        }

        _rb.Dispose();
    }

    /// <summary>A line is place, time, type and the rest.</summary>
    private void Keep(string? line)
    {
        if (line?.Split(' ', 4) is [var place, _, var type, ..])
        {
            _told.Enqueue($"{place} {type}");
        }
    }
}
