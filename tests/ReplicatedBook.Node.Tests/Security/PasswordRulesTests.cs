using ReplicatedBook.Node.Security.Passwords;

namespace ReplicatedBook.Node.Tests.Security;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("eleven char")]
    [InlineData("")]
    [InlineData("password1234")]
    [InlineData("PassWord1234")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("Some.User.Name")]
    public void Short_common_and_repeated_ones_are_refused(string password) =>
        Assert.NotNull(PasswordRules.WhyNot(password, "some.user.name"));

    [Fact]
    public void Length_is_all_that_is_asked_for()
    {
        Assert.Null(PasswordRules.WhyNot("kettle under the stairs", "alice"));
        Assert.Null(PasswordRules.WhyNot("übermütige maus", "alice"));
        Assert.Null(PasswordRules.WhyNot("0123456789ab", "alice"));
        Assert.Null(PasswordRules.WhyNot(string.Concat(Enumerable.Repeat("fifteen chars..", 9))[..128], "alice"));
        Assert.NotNull(PasswordRules.WhyNot(string.Concat(Enumerable.Repeat("fifteen chars..", 9))[..129], "alice"));
    }
}
