using Lightport.Conversation;
using Lightport.Transport;

namespace Lightport.Exchanges;

/// <summary>The headers of a provider that concern its client: limits, waits and ids.</summary>
internal static class ProviderHeaders
{
    /// <summary>
    /// The most of them that is passed on, in characters: Node takes 16 kB of headers in all, and an answer that has
    /// more is lost to it, though it was paid for.
    /// </summary>
    private const int MaxCharacters = 8 * 1024;

    private static readonly string[] Names =
        ["retry-after", "retry-after-ms", "x-should-retry", "openai-processing-ms", "openai-version", "request-id"];

    private const string IdName = "x-lightport-provider-request-id";

    private static readonly string[] Prefixes =
        ["x-ratelimit-", "anthropic-ratelimit-", "anthropic-priority-", "ratelimit-"];

    /// <summary>Where providers put their own id of a request; the first that an answer has counts.</summary>
    private static readonly string[] IdNames =
        ["x-request-id", "request-id", "apim-request-id", "x-amzn-requestid", "mistral-correlation-id"];

    /// <summary>Whether it tells of a rate that whoever calls the provider is held to.</summary>
    public static bool IsRate(string name)
    {
        foreach (string prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="mask">Takes the key that was shown out of what is said.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Pick(UpstreamResponse response, KeyMask mask)
    {
        List<KeyValuePair<string, string>>? picked = null;
        string? id = null;
        int idRank = IdNames.Length;
        int room = MaxCharacters;
        foreach (KeyValuePair<string, string> header in response.Headers)
        {
            if (IsWanted(header.Key) && Fits(header.Key, header.Value, ref room))
            {
                (picked ??= []).Add(new(header.Key, mask.Apply(header.Value)));
            }

            int rank = IdRank(header.Key);
            if (rank < idRank && header.Value.Length > 0)
            {
                (id, idRank) = (header.Value, rank);
            }
        }

        // By another name, as x-request-id is the gateway's: it is what the provider's support asks for.
        if (id is not null && Fits(IdName, id, ref room))
        {
            (picked ??= []).Add(new(IdName, mask.Apply(id)));
        }

        return picked is null ? [] : picked;
    }

    /// <summary>The place of a header among those that hold an id; behind all of them where it holds none.</summary>
    private static int IdRank(string name)
    {
        int rank = 0;
        while (rank < IdNames.Length && !name.Equals(IdNames[rank], StringComparison.OrdinalIgnoreCase))
        {
            rank++;
        }

        return rank;
    }

    /// <summary>Notes on an error what its headers say of trying again.</summary>
    public static GatewayError Apply(GatewayError error, UpstreamResponse response, DateTimeOffset now)
    {
        bool? should = response.Header("x-should-retry") switch { "true" => true, "false" => false, _ => null };
        return error with
        {
            ShouldRetry = should,
            RetryAfter = RetryAfter.Read(response, now) ?? error.RetryAfter,
            Headers = Pick(response, KeyMask.None),
        };
    }

    private static bool Fits(string name, string value, ref int room)
    {
        const int Between = 4;
        int length = name.Length + value.Length + Between;
        bool fits = length <= room;
        room -= fits ? length : 0;
        return fits;
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

        return IsRate(name);
    }
}
