using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Identity;
using ReplicatedBook.Node.Security.Passwords;
using ReplicatedBook.Node.Security.Rates;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Security;

/// <summary>What decides who may do what.</summary>
internal static class SecurityRegistration
{
    public static IServiceCollection AddSecurity(this IServiceCollection services) => services
        .AddSingleton<PasswordHashing>()
        .AddSingleton(provider => new SigningKeyFile(
            new DurableDisk(), provider.GetRequiredService<NodeSettings>().Node.DataDirectory))
        .AddSingleton(provider => new TokenVerifier(provider.GetRequiredService<NodeSettings>().Cluster.Id))
        .AddSingleton<IdentityCache>()
        .AddSingleton<CatchUp>()
        .AddSingleton<CredentialJudge>()
        .AddSingleton<TokenIssuer>()
        .AddSingleton<NodeKeys>()
        .AddHostedService(provider => provider.GetRequiredService<NodeKeys>())
        .AddSingleton<RateLimiter>()
        .AddSingleton<LoginThrottle>()
        .AddSingleton<AuditRecorder>()
        .AddSingleton<RefusalRecorder>()
        .AddHostedService(provider => provider.GetRequiredService<RefusalRecorder>())
        .AddSingleton<AccessRefusals>()
        .AddSingleton<LocalAuthenticator>()
        .AddSingleton<CredentialAuthenticator>()
        .AddSingleton<IAuthenticator>(provider => provider.GetRequiredService<NodeSettings>().Auth.IsOn
            ? provider.GetRequiredService<CredentialAuthenticator>()
            : provider.GetRequiredService<LocalAuthenticator>());
}
