using System.Security.Cryptography;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>The node's private keys, in the folder <c>identity</c> of its data directory. They never leave the node: a
/// backup has none, and a node that lost its disk makes a new one.</summary>
/// <remarks>At most two files: the key that signs, and during a rotation the one that will. A file that was lost costs
/// nothing but signing in again, so a file system that loses its last writes does no harm.</remarks>
internal sealed class SigningKeyFile
{
    private const string Folder = "identity";
    private const string CurrentName = "signing-key.pem";
    private const string NextName = "signing-key.next.pem";

    private readonly string _folder;

    /// <param name="dataDirectory">Of the node; made where it is missing.</param>
    public SigningKeyFile(string dataDirectory)
    {
        _folder = Path.Combine(Path.GetFullPath(dataDirectory), Folder);
    }

    /// <summary>The key that signs; created at the first start.</summary>
    /// <exception cref="CryptographicException">The file holds no key; it says which file.</exception>
    public SigningKey ReadOrCreate() => ReadOrCreate(CurrentName);

    /// <summary>The key that is to sign next; created unless an earlier rotation got no further.</summary>
    /// <exception cref="CryptographicException">As above.</exception>
    public SigningKey ReadOrCreateNext() => ReadOrCreate(NextName);

    /// <summary>Lets the next key be the one that signs; the one before is gone for good.</summary>
    public void UseNext() => File.Move(PathOf(NextName), PathOf(CurrentName), overwrite: true);

    private SigningKey ReadOrCreate(string name)
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            try
            {
                return SigningKey.FromPem(File.ReadAllText(path));
            }
            catch (CryptographicException damage)
            {
                throw new CryptographicException($"{path} is {damage.Message}; delete it to have a new one", damage);
            }
        }

        PrivateFile.CreateDirectory(_folder);
        var key = SigningKey.Create();
        PrivateFile.Write(path, key.ToPem());
        return key;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
