using Lightport.Transport;
using Lightport.Transport.Body;
using Lightport.Transport.Tokens;
using Lightport.Transport.Tokens.Google;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lightport.Composition;

/// <summary>The sources of tokens that need no vendor's package, and what keeps the tokens of all.</summary>
internal static class GatewayTokenServices
{
    /// <summary>
    /// Hosts beside Google's own that may be asked for tokens, with their ports, commas between them: for a proxy, or a
    /// cloud of Google's under another name.
    /// </summary>
    private const string TrustedHosts = "LIGHTPORT_TOKEN_HOSTS";

    public static void AddTokens(this IServiceCollection services, IConfiguration settings)
    {
        services.TryAddSingleton(provider => new TokenCache(provider.GetRequiredService<TimeProvider>()));
        services.TryAddKeyedSingleton<ITokenSource>(GoogleTokenSource.Name, (provider, _) => new GoogleTokenSource(
            provider.GetRequiredService<IUpstream>(),
            provider.GetRequiredService<BodyBudget>(),
            provider.GetRequiredService<TimeProvider>(),
            new GoogleCredentialReader(Trusted(settings[TrustedHosts]))));
    }

    private static HashSet<string> Trusted(string? hosts) => new(
        (hosts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        StringComparer.OrdinalIgnoreCase);
}
