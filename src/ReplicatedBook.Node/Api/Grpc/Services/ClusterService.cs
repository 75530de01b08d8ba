using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using Wire = ReplicatedBook.Contracts.Grpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>The cluster and its members. A change answers with the cluster as it is afterwards.</summary>
internal sealed class ClusterService(GrpcRoutes routes) : IGrpcService
{
    private const string Cluster = "/v1/cluster";
    private const string Members = "/v1/cluster/members";
    private const string Seen = "GET /v1/cluster";

    private static readonly ServiceDescriptor Service =
        Wire.ClusterReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Cluster");

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
    [
        GrpcMethod.Unary<Wire.ReadOptions, Wire.ClusterStatus>(
            Service, "Status", GrpcAccess.Of(Seen), Wire.ReadOptions.Parser, (call, _) => StatusAsync(call)),
        GrpcMethod.Unary<Wire.DigestRequest, Wire.DigestReply>(
            Service, "Digest", GrpcAccess.Of("GET /v1/node/digest"), Wire.DigestRequest.Parser, DigestAsync),
        GrpcMethod.Unary<Wire.Member, Wire.ClusterStatus>(
            Service, "AddMember", GrpcAccess.Of("POST /v1/cluster/members", Seen), Wire.Member.Parser, AddAsync),
        GrpcMethod.Unary<Wire.MemberId, Wire.ClusterStatus>(
            Service, "PromoteMember", GrpcAccess.Of("POST /v1/cluster/members/{node_id}/promote", Seen),
            Wire.MemberId.Parser, PromoteAsync),
        GrpcMethod.Unary<Wire.MemberId, Wire.ClusterStatus>(
            Service, "RemoveMember", GrpcAccess.Of("DELETE /v1/cluster/members/{node_id}", Seen),
            Wire.MemberId.Parser, RemoveAsync),
        GrpcMethod.Unary<Wire.MemberId, Wire.ClusterStatus>(
            Service, "TransferLeader", GrpcAccess.Of("POST /v1/cluster/leader", Seen), Wire.MemberId.Parser,
            TransferAsync),
        GrpcMethod.Unary<Wire.Empty, Wire.SnapshotInfo>(
            Service, "TakeSnapshot", GrpcAccess.Of("POST /v1/cluster/snapshots"), Wire.Empty.Parser,
            (call, _) => TakeSnapshotAsync(call)),
    ];

    private async ValueTask<GrpcAnswer<Wire.ClusterStatus>> StatusAsync(GrpcCall call)
    {
        var answer = await routes.GetAsync(call, new RouteTarget(Cluster), ResponseJson.Default.ClusterResponse);
        return answer.Then(Of);
    }

    private async ValueTask<GrpcAnswer<Wire.DigestReply>> DigestAsync(GrpcCall call, Wire.DigestRequest request)
    {
        var answer = await routes.GetAsync(
            call, new RouteTarget("/v1/node/digest").With("at_index", request.AtIndex),
            ResponseJson.Default.DigestResponse);
        return answer.Then(digest => new Wire.DigestReply
        {
            Index = (ulong)digest.Index,
            Term = (ulong)digest.Term,
            Digest = OrderReplies.Bytes(digest.Digest),
        });
    }

    private async ValueTask<GrpcAnswer<Wire.ClusterStatus>> AddAsync(GrpcCall call, Wire.Member request) =>
        await AfterwardsAsync(call, await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Members),
            new AddMemberRequest { NodeId = request.NodeId, Peer = request.Peer, Api = request.Api },
            RequestJson.Default.AddMemberRequest, ResponseJson.Default.MemberChangeResponse));

    private async ValueTask<GrpcAnswer<Wire.ClusterStatus>> PromoteAsync(GrpcCall call, Wire.MemberId request) =>
        request.NodeId.Length == 0
            ? GrpcStatus.Missing("node_id")
            : await AfterwardsAsync(call, await routes.SendAsync(
                call, HttpMethods.Post, new RouteTarget(Members + "/", request.NodeId, "/promote"),
                ResponseJson.Default.MemberChangeResponse));

    private async ValueTask<GrpcAnswer<Wire.ClusterStatus>> RemoveAsync(GrpcCall call, Wire.MemberId request) =>
        request.NodeId.Length == 0
            ? GrpcStatus.Missing("node_id")
            : await AfterwardsAsync(call, await routes.SendAsync(
                call, HttpMethods.Delete, new RouteTarget(Members + "/", request.NodeId),
                ResponseJson.Default.MemberChangeResponse));

    private async ValueTask<GrpcAnswer<Wire.ClusterStatus>> TransferAsync(GrpcCall call, Wire.MemberId request) =>
        await AfterwardsAsync(call, await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Cluster + "/leader"),
            new TransferLeaderRequest { NodeId = OrderRequests.OrNull(request.NodeId) },
            RequestJson.Default.TransferLeaderRequest, ResponseJson.Default.LeaderResponse));

    private async ValueTask<GrpcAnswer<Wire.SnapshotInfo>> TakeSnapshotAsync(GrpcCall call)
    {
        var answer = await routes.SendAsync(
            call, HttpMethods.Post, new RouteTarget(Cluster + "/snapshots"), ResponseJson.Default.SnapshotResponse);
        return answer.Then(snapshot => new Wire.SnapshotInfo
        {
            SnapshotId = snapshot.SnapshotId,
            NodeId = snapshot.NodeId,
            Index = (ulong)snapshot.Index,
            Term = (ulong)snapshot.Term,
            Bytes = (ulong)snapshot.Bytes,
            StateHash = OrderReplies.Bytes(snapshot.StateHash),
        });
    }

    private async ValueTask<GrpcAnswer<Wire.ClusterStatus>> AfterwardsAsync<T>(GrpcCall call, GrpcAnswer<T> change)
        where T : class => change.Refusal is { } refusal ? refusal : await StatusAsync(call);

    private static Wire.ClusterStatus Of(ClusterResponse cluster) => new()
    {
        ClusterId = cluster.ClusterId,
        Leader = cluster.Leader ?? "",
        Term = (ulong)cluster.Term,
        CommitIndex = (ulong)cluster.CommitIndex,
        Members = { cluster.Members.Select(Of) },
        Quorum = (uint)cluster.Quorum,
        FaultTolerance = (uint)cluster.FaultTolerance,
        FeatureLevel = (uint)cluster.FeatureLevel,
    };

    private static Wire.MemberStatus Of(MemberResponse member) => new()
    {
        NodeId = member.NodeId,
        Role = member.Role ?? "",
        Voter = member.Voter,
        Api = member.Api ?? "",
        AppliedIndex = (ulong)(member.AppliedIndex ?? 0),
        MatchIndex = (ulong)(member.MatchIndex ?? 0),
        LagEntries = (ulong)(member.LagEntries ?? 0),
        Digest = member.Digest ?? "",
        DigestIndex = (ulong)(member.DigestIndex ?? 0),
        Version = member.Version ?? "",
        Healthy = member.Healthy,
    };
}
