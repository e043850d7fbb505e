using System.Globalization;
using Lightport.Exchanges.Limits;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>What every answer tells of its journey.</summary>
internal static class ResponseHeaders
{
    public static void Write(Exchange exchange, IReadOnlyList<KeyValuePair<string, string>> fromProvider)
    {
        IHeaderDictionary headers = exchange.Context.Response.Headers;
        for (int i = 0; i < fromProvider.Count; i++)
        {
            (string name, string value) = fromProvider[i];
            if (exchange.Limits is not null && ProviderHeaders.IsRate(name))
            {
                // The client is held to the gateway's limits, and would take the provider's for its own.
                continue;
            }

            // A provider may send bytes that no answer of a server's may hold: the answer is worth more than they are.
            headers[name] = HeaderText.Of(value);
        }

        headers["x-request-id"] = exchange.RequestId;
        if (!headers.ContainsKey("request-id"))
        {
            headers["request-id"] = exchange.RequestId;
        }

        if (exchange.Route is { } route)
        {
            headers["x-lightport-route"] = HeaderText.Of(route.Name);
            headers["x-lightport-attempts"] = exchange.Attempts.Count.ToString(CultureInfo.InvariantCulture);
        }

        if (exchange.Attempt is { } attempt)
        {
            headers["x-lightport-provider"] = HeaderText.Of(attempt.Target.Provider.Name);
            headers["x-lightport-model"] = HeaderText.Of(attempt.Target.Model);
            if (attempt.Dropped.Count > 0)
            {
                headers["x-lightport-dropped"] = HeaderText.List(attempt.Dropped);
            }
        }

        if (exchange.Limits is { } limits)
        {
            LimitHeaders.Write(exchange, limits, headers);
        }

        if (exchange.IsEstimate)
        {
            headers["x-lightport-estimated"] = "true";
        }

        if (exchange.AnswerLosses is { Count: > 0 } unsaid)
        {
            headers["x-lightport-answer-dropped"] = HeaderText.List(unsaid);
        }

        if (exchange.LeftOut.All is { Count: > 0 } left)
        {
            headers["x-lightport-left-out"] = HeaderText.List([.. left.Select(one => one.Name)]);
        }

        // A whole number is formatted much faster than a fraction is rounded.
        long micros = Math.Max(0, exchange.Time.Overhead.Ticks / TimeSpan.TicksPerMicrosecond);
        headers["x-lightport-overhead-ms"] =
            string.Create(CultureInfo.InvariantCulture, $"{micros / 1000}.{micros % 1000:D3}");
    }
}
