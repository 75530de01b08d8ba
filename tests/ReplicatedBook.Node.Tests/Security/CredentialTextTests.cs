using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Tests.Security;

public sealed class CredentialTextTests
{
    [Fact]
    public void Keys_and_refresh_tokens_come_back_as_they_went()
    {
        for (var i = 0; i < 1_000; i++) // Secrets contain the separator at every place.
        {
            var (one, other) = (Secrets.NewText(), Secrets.NewText());
            Assert.Equal((17, one), CredentialText.ReadApiKey(CredentialText.OfApiKey(17, one)));
            Assert.Equal((long.MaxValue, one, other),
                CredentialText.ReadRefresh(CredentialText.OfRefresh(long.MaxValue, one, other)));
            Assert.True(Secrets.Match(one, Secrets.HashOf(one)));
            Assert.False(Secrets.Match(one, Secrets.HashOf(other)));
        }
    }

    [Fact]
    public void What_has_not_exactly_the_form_is_none()
    {
        var secret = Secrets.NewText();
        foreach (var text in new[]
        {
            "", "rbk_", "rbk_1", $"rbk_1_{secret[1..]}", $"rbk_1_{secret}A", $"rbk__{secret}", $"rbk_01_{secret}",
            $"rbk_-1_{secret}", $"rbk_99999999999999999999_{secret}", $"rbr_1_{secret}", $"RBK_1_{secret}",
            $"rbk_1_{secret[..^1]}!", $"rbk_1_{secret[..^1]} ", $"rbk_1_{secret[..^1]}é", $" rbk_1_{secret}",
        })
        {
            Assert.Null(CredentialText.ReadApiKey(text));
            Assert.Null(CredentialText.ReadRefresh(text));
        }

        Assert.Null(CredentialText.ReadRefresh($"rbk_1_{secret}_{secret}"));
        Assert.Null(CredentialText.ReadApiKey($"rbr_1_{secret}_{secret}"));
    }
}
