using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class RejectionsTests
{
    public static TheoryData<RejectReason> Reasons =>
        [.. Enum.GetValues<RejectReason>().Where(reason => reason != RejectReason.None)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_a_problem_of_its_own_words(RejectReason reason)
    {
        var (code, _, detail) = Rejections.Of(reason);

        Assert.NotEqual(ProblemCodes.Internal, code);
        Assert.Equal(code, ProblemCodes.Find(code.Code));
        Assert.InRange(code.Status, 400, 503);
        Assert.NotEmpty(detail);
    }

    [Fact]
    public void No_two_reasons_have_the_same_words() => Assert.Equal(
        Reasons.Count, Reasons.Select(row => Rejections.Of(row.Data).Detail).Distinct().Count());
}
