using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Security;

/// <summary>What decides who may do what.</summary>
internal static class SecurityRegistration
{
    public static IServiceCollection AddSecurity(this IServiceCollection services) => services
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
