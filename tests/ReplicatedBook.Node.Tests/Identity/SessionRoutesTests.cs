using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Security.Passwords;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>Goal: sessions begin, go on and end as API.md 2.1 says, and nothing tells who is a user.</summary>
public sealed class SessionRoutesTests(IdentityFixture node) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task A_login_gives_a_token_that_says_who_it_is_for_and_opens_the_routes()
    {
        var (name, id) = await node.Node.AddUserAsync(node.Admin);
        var login = (await node.Node.LoginAsync(name.ToUpperInvariant())).Expect(200);

        Assert.Equal(("Bearer", 900), (login.TextAt("token_type"), login.At("expires_in").GetInt32()));
        Assert.Equal("no-store", login["cache-control"]);
        Assert.Equal((id, name), (login.TextAt("user", "user_id"), login.TextAt("user", "username")));
        var claims = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(
            login.TextAt("access_token")!.Split('.')[1]))).RootElement;
        Assert.Equal(("test", id, "rb-api"), (
            claims.GetProperty("iss").GetString(), claims.GetProperty("sub").GetString(),
            claims.GetProperty("aud").GetString()));
        Assert.Equal(900, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        var me = (await node.Client.GetAsync("/v1/me", IdentityNode.Bearer(login.TextAt("access_token")!)))
            .Expect(200);
        Assert.Equal((id, name, "user"), (me.TextAt("user_id"), me.TextAt("username"), me.TextAt("roles", "0")));
        Assert.Single(me.At("accounts").EnumerateArray());
    }

    /// <summary>Goal: no answer tells whether a user exists. Method: the answers are compared, and so is the number of
    /// hashes that were computed, which is what takes time.</summary>
    [Fact]
    public async Task An_unknown_user_a_wrong_password_and_a_disabled_user_are_answered_alike()
    {
        var hashing = node.Node.Node.Services.GetRequiredService<PasswordHashing>();
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var (disabled, id) = await node.Node.AddUserAsync(node.Admin);
        (await node.Client.PatchAsync($"/v1/users/{id}", """{"disabled":true}""", node.Admin)).Expect(200);
        var answers = new List<(string?, string?, string?, long)>();
        foreach (var (user, password) in new[]
        {
            ("nobody", IdentityNode.Password), (name, "not the password"), (disabled, IdentityNode.Password),
            (disabled, "not the password"),
        })
        {
            var before = hashing.Computed;
            var answer = (await node.Node.LoginAsync(user, password)).ExpectProblem(401, "invalid_credentials");
            answers.Add((answer.Code, answer.TextAt("detail"), answer.TextAt("title"), hashing.Computed - before));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(1, answers[0].Item4);
    }

    [Fact]
    public async Task A_refresh_gives_the_next_pair_and_using_the_old_one_again_ends_the_session()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var login = (await node.Node.LoginAsync(name)).Expect(200);
        var other = await node.Node.SignInAsync(name);
        var first = login.TextAt("refresh_token")!;

        var second = (await node.Node.RefreshAsync(first)).Expect(200);
        var access = IdentityNode.Bearer(second.TextAt("access_token")!);
        (await node.Client.GetAsync("/v1/me", access)).Expect(200);
        (await node.Node.RefreshAsync(first)).ExpectProblem(401, "invalid_credentials", "rejected");

        (await node.Node.RefreshAsync(second.TextAt("refresh_token")!)).ExpectProblem(401, "invalid_credentials");
        (await node.Client.GetAsync("/v1/me", access)).ExpectProblem(401, "unauthenticated");
        (await node.Client.GetAsync("/v1/me", other)).Expect(200);
    }

    [Fact]
    public async Task A_refresh_token_that_was_made_up_is_refused_and_ends_nothing()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var token = (await node.Node.LoginAsync(name)).Expect(200).TextAt("refresh_token")!;
        var parts = token.Split('_', 3);
        var stranger = ReplicatedBook.Node.Security.Secrets.NewText();

        foreach (var forged in new[]
        {
            "", "rbr_", token[1..], token + "A", token[..^43] + stranger[..42] + "!",
            $"rbr_{parts[1]}_{stranger}_{stranger}", $"rbr_999999_{parts[2]}",
        })
        {
            (await node.Node.RefreshAsync(forged)).Expect(401);
        }

        (await node.Node.RefreshAsync(token)).Expect(200);
    }

    /// <summary>Goal: nobody fills the log and pushes records out of the audit without a credential. Method: many
    /// tokens that are right in form, of sessions that there are and that there are not.</summary>
    [Fact]
    public async Task Refresh_tokens_that_were_made_up_never_come_near_the_log()
    {
        const int Many = 200;
        const int MostRecords = 12; // Of refused requests: five of one address a minute, and how many others.
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var session = (await node.Node.LoginAsync(name)).Expect(200).TextAt("refresh_token")!.Split('_')[1];
        var before = node.Node.Node.AppliedIndex;
        for (var i = 0; i < Many; i++)
        {
            var (root, generation) = (
                ReplicatedBook.Node.Security.Secrets.NewText(), ReplicatedBook.Node.Security.Secrets.NewText());
            (await node.Node.RefreshAsync($"rbr_{(i % 2 == 0 ? session : "999999")}_{root}_{generation}"))
                .ExpectProblem(401, "invalid_credentials");
        }

        Assert.InRange(node.Node.Node.AppliedIndex - before, 0, MostRecords);
    }

    [Fact]
    public async Task A_logout_ends_the_session_and_its_access_tokens_and_no_other()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var login = (await node.Node.LoginAsync(name)).Expect(200);
        var own = IdentityNode.Bearer(login.TextAt("access_token")!);
        var other = await node.Node.SignInAsync(name);

        Assert.Empty((await node.Client.PostAsync("/v1/auth/logout", "{}", own)).Expect(204).Bytes);

        (await node.Client.GetAsync("/v1/me", own)).ExpectProblem(401, "unauthenticated");
        (await node.Node.RefreshAsync(login.TextAt("refresh_token")!)).Expect(401);
        (await node.Client.GetAsync("/v1/me", other)).Expect(200);

        (await node.Client.PostAsync("/v1/auth/logout", """{"all":true}""", other)).Expect(204);
        (await node.Client.GetAsync("/v1/me", other)).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Another_password_needs_the_present_one_and_ends_all_sessions()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var own = await node.Node.SignInAsync(name);
        Task<Running.Answer> Change(string current, string next) => node.Client.SendAsync(
            HttpMethod.Put, "/v1/auth/password",
            Running.TestClient.Json($$"""{"current":"{{current}}","new":"{{next}}"}"""), own);

        (await Change("not the password", "another long password")).ExpectProblem(401, "invalid_credentials");
        (await Change(IdentityNode.Password, "short")).ExpectProblem(400, "invalid_field");
        (await Change(IdentityNode.Password, "password1234")).ExpectProblem(400, "invalid_field");
        (await node.Client.GetAsync("/v1/me", own)).Expect(200);
        (await Change(IdentityNode.Password, "another long password")).Expect(204);

        (await node.Client.GetAsync("/v1/me", own)).ExpectProblem(401, "unauthenticated");
        (await node.Node.LoginAsync(name)).ExpectProblem(401, "invalid_credentials");
        (await node.Node.LoginAsync(name, "another long password")).Expect(200);
    }

    /// <summary>Goal: hashes grow with what is asked for. Method: a user is given a hash of few iterations, in the log;
    /// the next login must leave one of many.</summary>
    [Fact]
    public async Task A_weak_hash_is_made_anew_at_the_next_login_and_tokens_go_on()
    {
        var (name, id) = await node.Node.AddUserAsync(node.Admin);
        var user = IdText.ToUser(id)!.Value;
        var weak = new PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new object(), IdentityNode.Password);
        var services = node.Node.Node.Services;
        var submission = await services.GetRequiredService<CommandGateway>().SubmitAsync(new PendingCommand(
            (buffer, header) => CommandCodec.Write(buffer, header, new SetPassword(user, weak, 0)), default, default,
            IsRepeatable: false, ProposalWait.Applied, new CommandSource(default, null), TimeSpan.FromSeconds(20)));
        Assert.Equal(SubmissionEnding.Applied, submission.Ending);

        var first = await node.Node.SignInAsync(name);
        var kept = (await services.GetRequiredService<IReplicaReader>().ReadAsync(
            exchange => exchange.PasswordHashOf(user), CancellationToken.None)).Value!;

        Assert.NotEqual(weak, kept);
        Assert.Equal(210_000, BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(kept).AsSpan(5)));
        await node.Node.SignInAsync(name);
        (await node.Client.GetAsync("/v1/me", first)).Expect(200);
    }

    [Fact]
    public async Task Routes_that_make_secrets_take_no_key()
    {
        var answer = await node.Client.PostAsync(
            "/v1/auth/login", $$"""{"username":"root","password":"{{IdentityNode.Password}}"}""",
            ("Idempotency-Key", "k"));

        answer.ExpectProblem(400, "invalid_field");
    }
}
