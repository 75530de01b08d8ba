namespace ReplicatedBook.Node.Security.Passwords;

/// <summary>What came of comparing a password with a hash.</summary>
internal enum PasswordVerdict
{
    Wrong = 0,
    Right = 1,

    /// <summary>Right, and to be hashed anew: with fewer iterations than are asked for now.</summary>
    RightButWeaklyHashed = 2,
}
