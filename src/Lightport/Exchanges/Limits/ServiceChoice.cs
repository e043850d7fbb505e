using System.Text.Json;
using Lightport.Prices;
using Lightport.Routing;
using Lightport.Transport.Body;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// How a request, or its target, says that it wants to be served, which may cost more than the standard.
/// </summary>
/// <param name="IsSaid">It says so at all.</param>
/// <param name="Unpriced">What of it has no known price, as a sentence that says what to do; null for nothing.</param>
internal readonly record struct ServiceChoice(bool IsSaid, string? Unpriced)
{
    /// <summary>Where Claude is asked to stay in a country, which costs a tenth more.</summary>
    /// <seealso href="https://platform.claude.com/docs/en/build-with-claude/data-residency"/>
    private const string Geography = "inference_geo";

    /// <summary>Before the name of a service, as Google's interfaces have it.</summary>
    private const string Prefix = "service_tier_";

    /// <summary>Where vendors are told of a service.</summary>
    private static readonly string[] Fields = ["service_tier", "serviceTier", "speed"];

    public static ServiceChoice Of(Exchange exchange, Target target, ModelPrice price)
    {
        ServiceChoice choice = default;
        foreach (string field in Fields)
        {
            if (IsSaidIn(exchange, field, out string? asked))
            {
                choice = choice.With(field, asked, target, price);
            }

            if (target.Set.TryGetValue(field, out JsonElement set) && set.ValueKind != JsonValueKind.Null)
            {
                choice = choice.With(
                    field, set.ValueKind == JsonValueKind.String ? set.GetString() : null, target, price);
            }
        }

        return IsSaidIn(exchange, Geography, out string? place) && place != "global"
            ? choice with { Unpriced = $"what it costs to stay in one place is not known; leave '{Geography}' out" }
            : choice;
    }

    /// <param name="service">Null where what is said is no text.</param>
    private ServiceChoice With(string field, string? service, Target target, ModelPrice price)
    {
        service = service?.ToLowerInvariant();
        service = service?.StartsWith(Prefix, StringComparison.Ordinal) == true ? service[Prefix.Length..] : service;
        bool isKnown = service is not null
            && (ServiceWords.IsNeverDearer(service) || price.Services.ContainsKey(service));
        return new ServiceChoice(
            IsSaid: true,
            isKnown ? Unpriced : $"what {target} costs at the service that '{field}' names is not known; leave it out");
    }

    private static bool IsSaidIn(Exchange exchange, string field, out string? said)
    {
        said = null;
        if (!exchange.Request.IsJson || !exchange.Request.Json.TryGet(field, out JsonField there)
            || there.Type == JsonTokenType.Null)
        {
            return false;
        }

        said = exchange.Request.Json.GetString(field);
        return true;
    }
}
