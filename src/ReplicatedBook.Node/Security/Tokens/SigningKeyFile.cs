using System.Security.Cryptography;
using System.Text;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>The node's private keys, in the folder <c>identity</c> of its data directory. They never leave the node: a
/// backup has none, and a node that lost its disk makes a new one.</summary>
/// <remarks>At most two files: the key that signs, and during a rotation the one that will. A file that was lost costs
/// nothing but signing in again.</remarks>
internal sealed class SigningKeyFile
{
    private const string Folder = "identity";
    private const string CurrentName = "signing-key.pem";
    private const string NextName = "signing-key.next.pem";

    private readonly IDisk _disk;
    private readonly string _folder;

    /// <param name="disk">Makes what it creates readable by its owner only.</param>
    /// <param name="dataDirectory">Of the node; made where it is missing.</param>
    public SigningKeyFile(IDisk disk, string dataDirectory)
    {
        _disk = disk;
        _folder = Path.Combine(Path.GetFullPath(dataDirectory), Folder);
    }

    /// <summary>The key that signs; created at the first start.</summary>
    /// <exception cref="CryptographicException">The file holds no key; it says which file.</exception>
    public SigningKey ReadOrCreate() => ReadOrCreate(CurrentName);

    /// <summary>The key that is to sign next; created unless an earlier rotation got no further.</summary>
    /// <exception cref="CryptographicException">As above.</exception>
    public SigningKey ReadOrCreateNext() => ReadOrCreate(NextName);

    /// <summary>Lets the next key be the one that signs; the one before is gone for good.</summary>
    /// <exception cref="IOException">It may come back after a crash.</exception>
    public void UseNext()
    {
        _disk.Rename(PathOf(NextName), PathOf(CurrentName));
        _disk.SyncDirectory(_folder);
    }

    private SigningKey ReadOrCreate(string name)
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            try
            {
                return SigningKey.FromPem(Encoding.UTF8.GetString(WholeFile.Read(_disk, path)));
            }
            catch (CryptographicException damage)
            {
                throw new CryptographicException($"{path} is {damage.Message}; delete it to have a new one", damage);
            }
        }

        _disk.CreateDirectory(_folder);
        var key = SigningKey.Create();
        WholeFile.Create(_disk, _folder, name, file => file.Write(0, Encoding.ASCII.GetBytes(key.ToPem())));
        return key;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
