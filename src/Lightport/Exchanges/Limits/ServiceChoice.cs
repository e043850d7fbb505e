using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>Whether a request chooses how it is served, which may cost more than the standard.</summary>
internal static class ServiceChoice
{
    /// <summary>Where vendors are told so.</summary>
    private static readonly string[] Fields = ["service_tier", "serviceTier", "speed"];

    public static bool IsIn(Exchange exchange, Target target)
    {
        foreach (string field in Fields)
        {
            if (target.Set.ContainsKey(field)
                || (exchange.Request.IsJson && exchange.Request.Json.TryGet(field, out _)))
            {
                return true;
            }
        }

        return false;
    }
}
