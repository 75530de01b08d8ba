using System.Text.Json;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Changes of the membership, from any node. They have no keys: a change that was repeated after a doubtful
/// attempt and is found in force counts as refused (already_exists, not_found), so look at the members then.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Adds a member that receives the log and has no vote.</summary>
    public Task<WriteOutcome<MemberChangeResponse>> AddMemberAsync(
        AddMemberRequest member, CancellationToken cancellation = default) => ChangeMemberAsync(
        HttpMethod.Post, "v1/cluster/members",
        JsonSerializer.SerializeToUtf8Bytes(member, RequestJson.Default.AddMemberRequest), cancellation);

    /// <summary>Gives a member that has caught up its vote.</summary>
    public Task<WriteOutcome<MemberChangeResponse>> PromoteMemberAsync(
        string node, CancellationToken cancellation = default) =>
        ChangeMemberAsync(HttpMethod.Post, $"v1/cluster/members/{Escape(node)}/promote", [], cancellation);

    /// <summary>Removes a member; the leader hands over first.</summary>
    public Task<WriteOutcome<MemberChangeResponse>> RemoveMemberAsync(
        string node, CancellationToken cancellation = default) =>
        ChangeMemberAsync(HttpMethod.Delete, $"v1/cluster/members/{Escape(node)}", null, cancellation);

    private Task<WriteOutcome<MemberChangeResponse>> ChangeMemberAsync(
        HttpMethod method, string path, byte[]? body, CancellationToken cancellation) =>
        WriteAsync(new Call(method, path, null, body), ResponseJson.Default.MemberChangeResponse, "-", cancellation);
}
