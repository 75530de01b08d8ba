using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Tests.Options;

/// <summary>Goal: nothing is open beyond the machine that should not be. Method: every combination.</summary>
public sealed class ExposureTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("169.254.0.1", false)]
    public void Beyond_loopback_only_with_authentication_and_encryption_or_an_explicit_word(
        string address, bool isLoopback)
    {
        foreach (var isOpen in new[] { true, false })
        {
            foreach (var isEncrypted in new[] { true, false })
            {
                foreach (var isInsecure in new[] { true, false })
                {
                    var may = isLoopback || (!isOpen && (isEncrypted || isInsecure));
                    var refusal = Exposure.Judge("Http", address, isOpen, isEncrypted, isInsecure);
                    Assert.Equal(may, refusal is null);
                    Assert.Equal(!may && isOpen, refusal?.Contains("Auth:Mode=off", StringComparison.Ordinal) is true);
                }
            }
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("")]
    [InlineData("1.2.3.4:80")]
    public void Only_addresses_are_addresses(string text) =>
        Assert.Contains("IP address", Exposure.Judge("Peer", text, false, true, true), StringComparison.Ordinal);
}
