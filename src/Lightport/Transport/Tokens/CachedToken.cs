namespace Lightport.Transport.Tokens;

/// <summary>The token of one credential for one scope.</summary>
internal sealed class CachedToken(TokenScheme scheme, string? credential, TimeProvider time)
    : RefreshedValue<string>(time)
{
    /// <summary>A request that is signed with it just before its end may arrive after it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>Issuers' tokens last about an hour, and are asked for anew well before that.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    protected override string Name => $"The token of '{scheme.Name}'";

    protected override async ValueTask<Lease<string>> FetchAsync(CancellationToken limit)
    {
        ProviderToken token = await scheme.Source.GetAsync(credential, scheme.Scope, limit).ConfigureAwait(false);
        TimeSpan lifetime = Until(token.ExpiresAt) - Margin;
        TimeSpan refresh = token.RefreshAt is { } at ? Until(at) : lifetime - Ahead;
        return new(token.Value, refresh < TimeSpan.Zero ? lifetime / 2 : refresh, lifetime);
    }

    /// <summary>It serves on until its end, and not beyond.</summary>
    protected override TimeSpan Extended(TimeSpan left) => left;

    private TimeSpan Until(DateTimeOffset moment)
    {
        TimeSpan left = moment - Time.GetUtcNow();
        return left < Longest ? left : Longest;
    }
}
