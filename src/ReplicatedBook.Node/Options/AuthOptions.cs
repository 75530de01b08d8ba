using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>Who may do what; section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>on: every request but those of public routes needs a credential. off: everyone is the local user, and
    /// the node listens on loopback addresses only.</summary>
    [Required, RegularExpression("^(on|off)$", ErrorMessage = "Auth:Mode must be on or off.")]
    public string Mode { get; set; } = "off";

    /// <summary>Whether credentials are asked for.</summary>
    internal bool IsOn => Mode == "on";
}
