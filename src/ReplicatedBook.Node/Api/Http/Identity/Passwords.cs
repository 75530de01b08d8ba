using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security.Passwords;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>What routes do with passwords: hash new ones, compare given ones with the newest state.</summary>
internal sealed class Passwords(PasswordHashing hashing, ReadGateway reads)
{
    private static readonly ApiProblem TooMany = new(ProblemCodes.Overloaded, "too many passwords wait to be hashed");

    /// <summary>The one answer for a user that is not there, is disabled, or has another password.</summary>
    public static ApiProblem Wrong { get; } = new(
        ProblemCodes.InvalidCredentials, "username and password do not belong together");

    /// <summary>The hash of a new password, or why there is none.</summary>
    public async ValueTask<Bound<string>> HashAsync(string password) => await hashing.HashAsync(password) is { } hash
        ? new Bound<string>(hash, null)
        : Bound<string>.Refused(TooMany);

    /// <summary>The user of a name, if the password is right.</summary>
    /// <param name="name">As it is kept.</param>
    /// <param name="password">As given.</param>
    /// <param name="timeout">How long to wait for the newest state at most.</param>
    public ValueTask<Bound<ProvenUser>> ProveAsync(string name, string password, TimeSpan timeout) =>
        ProveAsync(
            timeout, password,
            exchange => exchange.UserByName(name) is { } user
                ? new Sought(user, exchange.PasswordHashOf(user.Id))
                : null);

    /// <summary>The same by id.</summary>
    public ValueTask<Bound<ProvenUser>> ProveAsync(UserId id, string password, TimeSpan timeout) =>
        ProveAsync(
            timeout, password,
            exchange => exchange.UserById(id) is { } user ? new Sought(user, exchange.PasswordHashOf(id)) : null);

    private async ValueTask<Bound<ProvenUser>> ProveAsync(
        TimeSpan timeout, string password, Func<Matching.Exchange, Sought?> query)
    {
        var answer = await reads.ReadAsync(ReadOptions.Strong with { Timeout = timeout }, query);
        if (answer.Failure is { } failure)
        {
            return Bound<ProvenUser>.Refused(Problems.Of(failure));
        }

        var found = answer.Reading.Value;
        var verdict = await hashing.VerifyAsync(password, found is { User.IsDisabled: false } ? found.Hash : null);
        return verdict switch
        {
            null => Bound<ProvenUser>.Refused(TooMany),
            PasswordVerdict.Wrong => Bound<ProvenUser>.Refused(Wrong),
            _ => new Bound<ProvenUser>(
                new ProvenUser(found!.User, verdict == PasswordVerdict.RightButWeaklyHashed), null),
        };
    }

    private sealed record Sought(UserView User, string? Hash);
}
