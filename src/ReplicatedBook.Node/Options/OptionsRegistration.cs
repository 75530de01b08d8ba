namespace ReplicatedBook.Node.Options;

/// <summary>Makes every section known: bound, checked, and refused where a key does not exist.</summary>
internal static class OptionsRegistration
{
    public static IServiceCollection AddNodeOptions(this IServiceCollection services)
    {
        services.AddSection<ClusterOptions>(ClusterOptions.Section);
        services.AddSection<NodeOptions>(NodeOptions.Section);
        services.AddSection<HttpOptions>(HttpOptions.Section);
        services.AddSection<GrpcOptions>(GrpcOptions.Section);
        services.AddSection<PeerOptions>(PeerOptions.Section);
        services.AddSection<RaftOptions>(RaftOptions.Section);
        services.AddSection<StorageOptions>(StorageOptions.Section);
        services.AddSection<SnapshotOptions>(SnapshotOptions.Section);
        services.AddSection<FeedOptions>(FeedOptions.Section);
        services.AddSection<LimitsOptions>(LimitsOptions.Section);
        services.AddSection<AuthOptions>(AuthOptions.Section);
        services.AddSection<RatesOptions>(RatesOptions.Section);
        return services.AddSingleton<NodeSettings>();
    }

    private static void AddSection<T>(this IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
}
