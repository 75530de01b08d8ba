using System.Globalization;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The entity tag of the members: the fingerprint of the membership, in 16 hex digits and quotes.</summary>
/// <remarks>Not the index of their last change: snapshots do not hold it, so nodes would name different ones.</remarks>
internal static class MembersTag
{
    public const string Condition = "If-Match";

    private const int Digits = 16;

    /// <summary>Sets the entity tag; nothing where the members are not known.</summary>
    public static void Write(HttpResponse response, ReplicaStatus status)
    {
        if (status.MembershipFingerprint != 0)
        {
            response.Headers.ETag = string.Create(
                CultureInfo.InvariantCulture, $"\"{status.MembershipFingerprint:x16}\"");
        }
    }

    /// <summary>The fingerprint that the members must have; 0 for any, and with a defect.</summary>
    public static ulong Expected(HttpRequest request, Defects defects)
    {
        var given = request.Headers.IfMatch;
        if (given.Count == 0 || given is ["*"])
        {
            return 0;
        }

        if (given is [{ Length: Digits + 2 } text] && text[0] == '"' && text[^1] == '"' && ulong.TryParse(
                text.AsSpan(1, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var found)
            && found != 0)
        {
            return found;
        }

        defects.Invalid(Condition, $"{Condition} must be one entity tag as GET /v1/cluster gives it in ETag");
        return 0;
    }
}
