using System.Security.Cryptography;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: a node keeps its key, and nobody else can read it.</summary>
public sealed class SigningKeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rb-keys-").FullName;

    [Fact]
    public void The_key_is_made_once_and_is_its_owners_alone()
    {
        var files = new SigningKeyFile(new DurableDisk(), Path.Combine(_folder, "data"));
        using var first = files.ReadOrCreate();
        using var second = new SigningKeyFile(new DurableDisk(), Path.Combine(_folder, "data")).ReadOrCreate();

        Assert.Equal(first.Id, second.Id);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(File600, File.GetUnixFileMode(KeyPath));
            Assert.Equal(File600 | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(KeyPath)!));
        }
    }

    [Fact]
    public void The_next_key_takes_the_place_of_the_one_before_and_survives_until_it_does()
    {
        var files = new SigningKeyFile(new DurableDisk(), Path.Combine(_folder, "data"));
        using var first = files.ReadOrCreate();
        using var next = files.ReadOrCreateNext();
        using var again = files.ReadOrCreateNext();
        Assert.Equal(next.Id, again.Id);
        Assert.NotEqual(first.Id, next.Id);

        files.UseNext();

        using var current = files.ReadOrCreate();
        using var third = files.ReadOrCreateNext();
        Assert.Equal(next.Id, current.Id);
        Assert.NotEqual(next.Id, third.Id);
    }

    [Fact]
    public void A_file_that_holds_no_key_on_the_curve_is_named()
    {
        var files = new SigningKeyFile(new DurableDisk(), Path.Combine(_folder, "data"));
        files.ReadOrCreate().Dispose();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var content in new[] { "", "not a key", other.ExportPkcs8PrivateKeyPem() })
        {
            File.WriteAllText(KeyPath, content);
            Assert.Contains(
                "signing-key.pem", Assert.Throws<CryptographicException>(files.ReadOrCreate).Message,
                StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string KeyPath => Path.Combine(_folder, "data", "identity", "signing-key.pem");
}
