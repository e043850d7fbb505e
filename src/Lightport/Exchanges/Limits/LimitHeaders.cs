using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges.Limits;

/// <summary>What an answer tells of the limits that its request met.</summary>
internal static class LimitHeaders
{
    /// <summary>The soft limit that is spent, and led the request to the route that answers.</summary>
    internal const string SoftLimit = "x-lightport-soft-limit";

    /// <summary>The most tokens of the answer, where a limit set them and the client had not.</summary>
    internal const string OutputLimit = "x-lightport-output-limit";

    /// <summary>At most, as many as two rates have.</summary>
    private const int UsualHeaders = 6;

    public static void Write(Exchange exchange, RequestLimits limits, IHeaderDictionary headers)
    {
        var told = new List<KeyValuePair<string, string>>(UsualHeaders);
        limits.Tell(told);
        for (int i = 0; i < told.Count; i++)
        {
            headers[told[i].Key] = told[i].Value;
        }

        if (limits.LedBy is { } soft)
        {
            headers[SoftLimit] = soft;
        }

        if (exchange.Attempt?.Held?.OutputLimit is { } most)
        {
            headers[OutputLimit] = most.ToString(CultureInfo.InvariantCulture);
        }
    }
}
