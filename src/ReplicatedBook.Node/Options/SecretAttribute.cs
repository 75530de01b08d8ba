namespace ReplicatedBook.Node.Options;

/// <summary>A setting that nobody may read: it comes from the environment or a file of its own, never from the command
/// line or the configuration file, and is masked wherever settings are shown.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
