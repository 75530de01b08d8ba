using System.Buffers.Binary;
using System.Collections;
using Microsoft.AspNetCore.Identity;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Passwords;

namespace ReplicatedBook.Node.Tests.Security;

public sealed class PasswordHashingTests : IDisposable
{
    private const string Password = "a quite long password";

    private readonly PasswordHashing _hashing = Create();

    /// <summary>Goal: what OWASP asks for. Method: the stored format says its own parameters.</summary>
    [Fact]
    public async Task A_hash_is_pbkdf2_with_hmac_sha512_and_enough_iterations_and_its_own_salt()
    {
        const int HmacSha512 = 2;
        var hash = Convert.FromBase64String((await _hashing.HashAsync(Password))!);

        Assert.Equal(1, hash[0]);
        Assert.Equal(HmacSha512, BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(1)));
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)), 210_000, int.MaxValue);
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(9)), 16, 64);
        Assert.NotEqual(Convert.ToBase64String(hash), await _hashing.HashAsync(Password));
    }

    [Fact]
    public async Task The_right_password_is_told_from_every_other_and_a_weak_hash_is_named()
    {
        var hash = await _hashing.HashAsync(Password);
        var weak = new PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new object(), Password);

        Assert.Equal(PasswordVerdict.Right, await _hashing.VerifyAsync(Password, hash));
        Assert.Equal(PasswordVerdict.Wrong, await _hashing.VerifyAsync(Password + " ", hash));
        Assert.Equal(PasswordVerdict.Wrong, await _hashing.VerifyAsync("", hash));
        Assert.Equal(PasswordVerdict.RightButWeaklyHashed, await _hashing.VerifyAsync(Password, weak));
        Assert.Equal(PasswordVerdict.Wrong, await _hashing.VerifyAsync("another password", weak));
        Assert.Equal(PasswordVerdict.Wrong, await _hashing.VerifyAsync(Password, "not a hash"));
    }

    /// <summary>Goal: time does not tell whether a user exists, not even the first time. Method: what a comparison
    /// costs is its iterations; those for nobody's password are counted against those for a wrong one, with a hash of
    /// now, one from when fewer were asked for, and one that is none.</summary>
    [Fact]
    public async Task A_password_of_nobody_costs_as_much_as_a_wrong_one()
    {
        var ofNobody = await CostAsync("wrong", null);
        var weak = new PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new object(), Password);

        Assert.Equal((PasswordVerdict.Wrong, 1, 210_000), ofNobody);
        Assert.Equal(ofNobody, await CostAsync("wrong", await _hashing.HashAsync(Password)));
        Assert.Equal(ofNobody, await CostAsync("wrong", weak));
        Assert.Equal(ofNobody, await CostAsync("wrong", "not a hash"));
        Assert.Equal((PasswordVerdict.RightButWeaklyHashed, 1, 1_000), await CostAsync(Password, weak));
    }

    /// <summary>Goal: what nobody's password is compared with costs as much as a hash does. Method: both have one
    /// form, of which the framework reads what it has to compute.</summary>
    [Fact]
    public async Task The_hash_of_nobody_has_the_form_of_every_other()
    {
        const int Salt = 13;
        var real = Convert.FromBase64String((await _hashing.HashAsync(Password))!);
        var made = Convert.FromBase64String(PasswordHashing.HashOfNobody(210_000));

        Assert.Equal(real.Length, made.Length);
        Assert.Equal(real[..Salt], made[..Salt]);
        Assert.NotEqual(made, Convert.FromBase64String(PasswordHashing.HashOfNobody(210_000)));
    }

    [Fact]
    public async Task What_cannot_wait_is_refused_at_once()
    {
        using var narrow = Create("--Auth:MaxWaitingHashes=2", "--Auth:MaxHashesAtOnce=1");

        var hashes = Enumerable.Range(0, 50).Select(i => narrow.HashAsync($"password {i}")).ToList();
        var results = await Task.WhenAll(hashes);

        Assert.InRange(results.Count(result => result is not null), 2, 10);
        Assert.True(results.Count(result => result is null) >= 40);
        Assert.NotNull(await narrow.HashAsync(Password));
    }

    public void Dispose() => _hashing.Dispose();

    private async Task<(PasswordVerdict? Verdict, long Computed, long Iterations)> CostAsync(
        string password, string? hash)
    {
        var (computed, iterations) = (_hashing.Computed, _hashing.Iterations);
        var verdict = await _hashing.VerifyAsync(password, hash);
        return (verdict, _hashing.Computed - computed, _hashing.Iterations - iterations);
    }

    private static PasswordHashing Create(params string[] flags) => new(NodeHost.ReadSettings(NodeConfiguration.Read(
        [
            "--Cluster:Id=test", "--Node:Id=n1", "--Node:DataDirectory=data", "--Cluster:Members:0:NodeId=n1",
            "--Cluster:Members:0:Peer=127.0.0.1:8301", "--Cluster:Members:0:Api=http://127.0.0.1:8001", .. flags,
        ],
        new Hashtable())));
}
