using Lightport.Admission.Identity;
using Lightport.Transport;
using Lightport.Transport.Body;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Lightport.Composition;

/// <summary>What tells whose a token is. Nothing of it is made before a configuration names an issuer.</summary>
internal static class GatewayIdentityServices
{
    public static void AddIdentity(this IServiceCollection services, IConfiguration settings) =>
        services.TryAddSingleton(provider => new IdentityKeeper(
            new KeySetSource(provider.GetRequiredService<IUpstream>(), provider.GetRequiredService<BodyBudget>()),
            provider.GetRequiredService<TimeProvider>(),
            GatewayStores.Outage(settings),
            provider.GetRequiredService<ILogger<IdentityKeeper>>()));
}
