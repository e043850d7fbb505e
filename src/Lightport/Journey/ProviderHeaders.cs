using Lightport.Conversation;
using Lightport.Transport;

namespace Lightport.Journey;

/// <summary>The headers of a provider that concern its client: limits, waits and ids.</summary>
internal static class ProviderHeaders
{
    private static readonly string[] Names =
        ["retry-after", "retry-after-ms", "x-should-retry", "openai-processing-ms", "openai-version", "request-id"];

    private static readonly string[] Prefixes = ["x-ratelimit-", "anthropic-ratelimit-", "ratelimit-"];

    public static IReadOnlyList<KeyValuePair<string, string>> Pick(UpstreamResponse response)
    {
        List<KeyValuePair<string, string>>? picked = null;
        foreach (KeyValuePair<string, string> header in response.Headers)
        {
            if (IsWanted(header.Key))
            {
                (picked ??= []).Add(header);
            }
        }

        return picked is null ? [] : picked;
    }

    /// <summary>Notes on an error what its headers say of trying again.</summary>
    public static GatewayError Apply(GatewayError error, UpstreamResponse response, DateTimeOffset now)
    {
        bool? should = response.Header("x-should-retry") switch { "true" => true, "false" => false, _ => null };
        return error with
        {
            ShouldRetry = should,
            RetryAfter = RetryAfter.Read(response, now) ?? error.RetryAfter,
            Headers = Pick(response),
        };
    }

    /// <summary>Loops, because lambdas would be made anew for each header of each answer.</summary>
    private static bool IsWanted(string name)
    {
        foreach (string wanted in Names)
        {
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (string prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
