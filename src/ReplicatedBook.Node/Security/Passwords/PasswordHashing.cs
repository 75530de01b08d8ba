using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
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

    // The framework's format: version, pseudorandom function, iterations and length of the salt, then salt and subkey.
    private const byte Version = 1;
    private const int HmacSha512 = 2;
    private const int FunctionAt = 1;
    private const int IterationsAt = 5;
    private const int SaltLengthAt = 9;
    private const int SaltAt = 13;
    private const int SaltBytes = 16;
    private const int SubkeyBytes = 32;

    private readonly BlockingCollection<Action> _work;
    private readonly PasswordHasher<PasswordHashing> _hasher;
    private readonly string _nobody;
    private readonly int _iterations;
    private long _computed;
    private long _spent;
    private int _running;

    public PasswordHashing(NodeSettings settings)
    {
        var auth = settings.Auth;
        _hasher = new PasswordHasher<PasswordHashing>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = auth.PasswordIterations }));
        _iterations = auth.PasswordIterations;
        _nobody = HashOfNobody(_iterations);
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

    /// <summary>How many iterations that took: what a comparison costs, and nothing else of it does.</summary>
    public long Iterations => Interlocked.Read(ref _spent);

    /// <summary>How many are being computed now; never more than there are threads.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>How many wait for a thread; never more than may.</summary>
    public int Waiting => _work.Count;

    /// <summary>A hash that no password has, as good as random in what a password would decide.</summary>
    /// <param name="iterations">What comparing with it costs.</param>
    internal static string HashOfNobody(int iterations)
    {
        var hash = RandomNumberGenerator.GetBytes(SaltAt + SaltBytes + SubkeyBytes);
        hash[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(FunctionAt), HmacSha512);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(IterationsAt), iterations);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(SaltLengthAt), SaltBytes);
        return Convert.ToBase64String(hash);
    }

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
        var compared = hash ?? _nobody;
        var iterations = IterationsOf(compared);
        Interlocked.Increment(ref _computed);
        Interlocked.Add(ref _spent, iterations);
        var result = _hasher.VerifyHashedPassword(this, compared, password);
        if (result == PasswordVerificationResult.Failed)
        {
            SpendAsMuchAsOnNobody(password, iterations);
        }

        return hash is null
            ? PasswordVerdict.Wrong
            : result switch
            {
                PasswordVerificationResult.Success => PasswordVerdict.Right,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButWeaklyHashed,
                _ => PasswordVerdict.Wrong,
            };
    }

    /// <summary>A hash from before the iterations were raised is compared with sooner than nobody's: the rest is
    /// computed for nothing, or else the time would tell that there is such a user.</summary>
    private void SpendAsMuchAsOnNobody(string password, int iterations)
    {
        if (iterations < _iterations)
        {
            Span<byte> salt = stackalloc byte[SaltBytes];
            Span<byte> unused = stackalloc byte[SubkeyBytes];
            Rfc2898DeriveBytes.Pbkdf2(password, salt, unused, _iterations - iterations, HashAlgorithmName.SHA512);
            Interlocked.Add(ref _spent, _iterations - iterations);
        }
    }

    /// <summary>What comparing with a hash costs; 0 for what is none, with which nothing is computed.</summary>
    private static int IterationsOf(string hash)
    {
        Span<byte> bytes = stackalloc byte[SaltAt + SaltBytes + SubkeyBytes];
        return Convert.TryFromBase64String(hash, bytes, out var length) && length == bytes.Length && bytes[0] == Version
            ? Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[IterationsAt..]))
            : 0;
    }

    private string Compute(string password)
    {
        Interlocked.Increment(ref _computed);
        Interlocked.Add(ref _spent, _iterations);
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
            Interlocked.Increment(ref _running);
            work();
            Interlocked.Decrement(ref _running);
        }
    }
}
