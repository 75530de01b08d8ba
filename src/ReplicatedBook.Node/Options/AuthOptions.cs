using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>Who may do what; section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>off: everyone is the local user, and the node listens on loopback addresses only.</summary>
    [Required, RegularExpression("^off$", ErrorMessage = "Auth:Mode must be off.")]
    public string Mode { get; set; } = "off";
}
