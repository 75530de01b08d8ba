using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Security.Passwords;

/// <summary>Computes hashes of passwords: PBKDF2 with HMAC-SHA512 in the framework's format, which says salt and
/// iterations. Safe from any thread.</summary>
/// <remarks>A hash takes a core for a tenth of a second. So few are computed at once, on threads of their own, and few
/// wait: however many sign in, orders find the other cores and the pool's threads.</remarks>
internal sealed class PasswordHashing : IDisposable
{
    private const int CoresPerThread = 4;

    private readonly BlockingCollection<Action> _work;
    private readonly PasswordHasher<PasswordHashing> _hasher;
    private readonly Lazy<string> _nobody;
    private long _computed;

    public PasswordHashing(NodeSettings settings)
    {
        var auth = settings.Auth;
        _hasher = new PasswordHasher<PasswordHashing>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = auth.PasswordIterations }));
        _nobody = new Lazy<string>(() => Compute(Secrets.NewText()));
        _work = new BlockingCollection<Action>(auth.MaxWaitingHashes);
        var threads = auth.MaxHashesAtOnce != 0
            ? auth.MaxHashesAtOnce
            : Math.Max(1, Environment.ProcessorCount / CoresPerThread);
        for (var i = 0; i < threads; i++)
        {
            new Thread(Run) { IsBackground = true, Name = "passwords" }.Start();
        }
    }

    /// <summary>How many hashes were computed so far, whatever for.</summary>
    public long Computed => Interlocked.Read(ref _computed);

    /// <summary>The hash of a new password.</summary>
    /// <returns>Null when too much waits.</returns>
    public Task<string?> HashAsync(string password) => RunAsync<string?>(() => Compute(password));

    /// <summary>Compares a password with a hash.</summary>
    /// <param name="password">As given.</param>
    /// <param name="hash">Of the user; null for nobody's: then a hash is computed all the same, so that neither the
    /// answer nor its time tells whether there is such a user.</param>
    /// <returns>Null when too much waits.</returns>
    public Task<PasswordVerdict?> VerifyAsync(string password, string? hash) =>
        RunAsync<PasswordVerdict?>(() => Judge(password, hash));

    /// <inheritdoc/>
    public void Dispose() => _work.CompleteAdding();

    private PasswordVerdict Judge(string password, string? hash)
    {
        var compared = hash ?? _nobody.Value;
        Interlocked.Increment(ref _computed);
        var result = _hasher.VerifyHashedPassword(this, compared, password);
        return hash is null
            ? PasswordVerdict.Wrong
            : result switch
            {
                PasswordVerificationResult.Success => PasswordVerdict.Right,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButWeaklyHashed,
                _ => PasswordVerdict.Wrong,
            };
    }

    private string Compute(string password)
    {
        Interlocked.Increment(ref _computed);
        return _hasher.HashPassword(this, password);
    }

    private async Task<T?> RunAsync<T>(Func<T> compute)
    {
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = !_work.IsAddingCompleted && _work.TryAdd(() =>
        {
            try
            {
                source.SetResult(compute());
            }
            catch (Exception failure)
            {
                source.SetException(failure);
            }
        });
        return isTaken ? await source.Task : default;
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
