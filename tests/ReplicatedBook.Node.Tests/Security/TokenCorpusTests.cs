using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security.Tokens;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: nothing passes for an access token but one that a node of this cluster signed, unchanged and in time.
/// Method: a corpus of what is tried elsewhere, against a verifier that takes the token it is made from.</summary>
public sealed class TokenCorpusTests : IDisposable
{
    private const long Now = 1_800_000_000;
    private const string Cluster = "test";

    private static readonly TokenClaims Claims = new(
        Cluster, TokenClaims.Api, new UserId(7), new SessionId(3), Now, Now + 900, "id", Roles.User | Roles.Auditor,
        Scopes.Read | Scopes.Trade, 5);

    private readonly SigningKey _key = SigningKey.Create();
    private readonly KeyRing _ring;
    private readonly TokenVerifier _verifier = new(Cluster);

    public TokenCorpusTests() => _ring = new KeyRing([new VerificationKey(_key.X, _key.Y)]);

    [Fact]
    public void What_a_node_signs_holds_until_its_last_second_and_not_in_the_next()
    {
        var token = _key.Sign(Claims);

        Assert.Equal(TokenFault.None, Judge(token, out var claims));
        Assert.Equal(Claims, claims);
        Assert.Equal(TokenFault.None, _verifier.Verify(token, _ring, Now + 899, out _));
        Assert.Equal(TokenFault.Expired, _verifier.Verify(token, _ring, Now + 900, out claims));
        Assert.Null(claims);
        Assert.Equal(TokenFault.Expired, _verifier.Verify(token, _ring, Now + 901, out _));
    }

    [Fact]
    public void No_bit_of_a_token_can_be_flipped()
    {
        var token = Encoding.ASCII.GetBytes(_key.Sign(Claims));
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            var flipped = token.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(TokenFault.None, Judge(Encoding.Latin1.GetString(flipped), out _));
        }
    }

    [Fact]
    public void No_token_is_one_that_lacks_an_end_or_has_more()
    {
        var token = _key.Sign(Claims);
        for (var length = 0; length < token.Length; length++)
        {
            Assert.NotEqual(TokenFault.None, Judge(token[..length], out _));
            Assert.NotEqual(TokenFault.None, Judge(token[length..][..^1], out _));
        }

        Assert.All(
            [token + ".", token + "A", token + "=", "." + token, token + "." + token, " " + token, token + "\n"],
            other => Assert.Equal(TokenFault.Invalid, Judge(other, out _)));
        Assert.Equal(TokenFault.Invalid, Judge(new string('a', 1 << 20), out _));
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"None","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES384","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["x"]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","jku":"https://example.org/keys"}""")]
    [InlineData("""{"typ":"at+jwt","alg":"ES256","kid":"KID"}""")]
    [InlineData(""" {"alg":"ES256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("[]")]
    public void Only_one_header_is_taken_although_the_signature_is_right(string header)
    {
        var text = header.Replace("KID", _key.Id);

        Assert.Equal(TokenFault.Invalid, Judge(SignRaw(text, Payload()), out _));
        Assert.Equal(TokenFault.Invalid, Judge($"{Encode(text)}.{Encode(Payload())}.", out _));
    }

    [Fact]
    public void A_token_with_the_public_key_as_a_shared_secret_is_none()
    {
        var publicKey = Convert.FromHexString("04" + Convert.ToHexString(_key.X) + Convert.ToHexString(_key.Y));
        foreach (var algorithm in new[] { "HS256", "ES256" })
        {
            var signed = Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{_key.Id}}"}""") + "."
                + Encode(Payload());
            var mac = HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(signed));

            Assert.Equal(TokenFault.Invalid, Judge($"{signed}.{Base64Url.EncodeToString(mac)}", out _));
            Assert.Equal(
                TokenFault.Invalid, Judge($"{signed}.{Base64Url.EncodeToString([.. mac, .. mac])}", out _));
        }
    }

    [Fact]
    public void Signatures_of_other_curves_and_other_forms_are_none()
    {
        var signed = TokenText.ToSigned(_key.Id, Claims);
        var bytes = Encoding.ASCII.GetBytes(signed);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = ECDsa.Create();
        own.ImportFromPem(_key.ToPem());

        Assert.All(
            [
                p384.SignData(bytes, HashAlgorithmName.SHA256),
                p384.SignData(bytes, HashAlgorithmName.SHA256)[..64],
                other.SignData(bytes, HashAlgorithmName.SHA256),
                own.SignData(bytes, HashAlgorithmName.SHA384),
                own.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
                [],
            ],
            signature => Assert.Equal(TokenFault.Invalid, Judge(TokenText.Join(signed, signature), out _)));
        Assert.Equal(
            TokenFault.None, Judge(TokenText.Join(signed, own.SignData(bytes, HashAlgorithmName.SHA256)), out _));
    }

    [Fact]
    public void Numbers_of_a_signature_that_are_zero_or_beyond_the_order_are_none()
    {
        var signed = TokenText.ToSigned(_key.Id, Claims);
        using var own = ECDsa.Create();
        own.ImportFromPem(_key.ToPem());
        var right = own.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        byte[][] odd = [new byte[32], order, [.. Enumerable.Repeat((byte)0xFF, 32)], [.. new byte[31], 1]];

        foreach (var number in odd)
        {
            Assert.Equal(TokenFault.Invalid, Judge(TokenText.Join(signed, [.. number, .. right[32..]]), out _));
            Assert.Equal(TokenFault.Invalid, Judge(TokenText.Join(signed, [.. right[..32], .. number]), out _));
            Assert.Equal(TokenFault.Invalid, Judge(TokenText.Join(signed, [.. number, .. number]), out _));
        }
    }

    [Fact]
    public void Another_cluster_audience_key_or_an_early_token_is_refused()
    {
        using var stranger = SigningKey.Create();

        Assert.Equal(TokenFault.Invalid, Judge(_key.Sign(Claims with { Issuer = "other" }), out _));
        Assert.Equal(TokenFault.Invalid, Judge(_key.Sign(Claims with { Issuer = "" }), out _));
        Assert.Equal(TokenFault.Invalid, Judge(_key.Sign(Claims with { Audience = "rb-web" }), out _));
        Assert.Equal(TokenFault.Invalid, Judge(_key.Sign(Claims with { IssuedAt = Now + 60 }), out _));
        Assert.Equal(TokenFault.UnknownKey, Judge(stranger.Sign(Claims), out _));
    }

    [Fact]
    public void A_strangers_signature_under_a_known_name_is_none()
    {
        using var stranger = SigningKey.Create();
        var signed = TokenText.ToSigned(_key.Id, Claims);
        var theirs = stranger.Sign(Claims).Split('.')[2];

        Assert.Equal(TokenFault.Invalid, Judge($"{signed}.{theirs}", out _));
    }

    [Theory]
    [InlineData("\"aud\":", "\"iss\":\"test\",\"aud\":")]
    [InlineData("\"ver\":5", "\"ver\":5,\"adm\":true")]
    [InlineData("\"ver\":5", "\"ver\":\"5\"")]
    [InlineData(",\"ver\":5", "")]
    [InlineData("\"u7\"", "\"local\"")]
    [InlineData("\"u7\"", "7")]
    [InlineData("\"rb-api\"", "[\"rb-api\"]")]
    [InlineData("\"auditor\"", "\"root\"")]
    [InlineData("\"auditor\"", "\"user\"")]
    public void Claims_that_no_node_writes_are_none_although_they_are_signed(string part, string instead)
    {
        var header = $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{_key.Id}}"}""";
        Assert.Contains(part, Payload(), StringComparison.Ordinal);

        Assert.Equal(TokenFault.None, Judge(SignRaw(header, Payload()), out _));
        Assert.Equal(TokenFault.Invalid, Judge(SignRaw(header, Payload().Replace(part, instead)), out _));
        Assert.All(
            ["", "[]", "{}", "null", "1"],
            payload => Assert.Equal(TokenFault.Invalid, Judge(SignRaw(header, payload), out _)));
    }

    /// <summary>Goal: a key that is retired ends its tokens, also those that were seen before.</summary>
    [Fact]
    public void A_token_ends_with_its_key()
    {
        var token = _key.Sign(Claims);

        Assert.Equal(TokenFault.None, Judge(token, out _));
        Assert.Equal(TokenFault.UnknownKey, _verifier.Verify(token, KeyRing.Empty, Now, out _));
        Assert.Equal(TokenFault.None, Judge(token, out _));
    }

    [Fact]
    public void However_many_tokens_are_seen_few_are_kept_and_those_in_use_stay()
    {
        var verified = new VerifiedTokens(100);
        var used = VerifiedTokens.NameOf("used");
        verified.Add(used, new VerifiedToken("key", Claims));

        for (var i = 0; i < 10_000; i++)
        {
            verified.Add(VerifiedTokens.NameOf($"token {i}"), new VerifiedToken("key", Claims));
            Assert.NotNull(verified.Find(used));
            Assert.InRange(verified.Count, 1, 200);
        }
    }

    public void Dispose() => _key.Dispose();

    private TokenFault Judge(string token, out TokenClaims? claims) => _verifier.Verify(token, _ring, Now, out claims);

    private string Payload() =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(TokenText.ToSigned(_key.Id, Claims).Split('.')[1]));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private string SignRaw(string header, string payload)
    {
        using var own = ECDsa.Create();
        own.ImportFromPem(_key.ToPem());
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return TokenText.Join(signed, own.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }
}
