namespace Lightport.Transport;

/// <summary>One name of a <see cref="CachedSecretSource"/>.</summary>
internal sealed class CachedSecret(string name, ISecretSource source, TimeProvider time) : RefreshedValue<string>(time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan AbsenceLifetime = TimeSpan.FromSeconds(10);

    protected override string Name => $"The secret '{name}'";

    protected override async ValueTask<Lease<string>> FetchAsync(CancellationToken limit)
    {
        string? stored = await source.GetAsync(name, limit).ConfigureAwait(false);

        // Whoever stored it out of a file stored the file's last line end too.
        return stored?.Trim() is { } value
            ? new(value, RefreshAfter, Lifetime)
            : new(null, AbsenceLifetime, AbsenceLifetime);
    }

    /// <summary>A secret has no end of its own: while its place is away, the last good value goes on serving.</summary>
    protected override TimeSpan Extended(TimeSpan left) => Lifetime;
}
