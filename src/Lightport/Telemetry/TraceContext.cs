using System.Diagnostics;

namespace Lightport.Telemetry;

/// <summary>Hands a trace on to a provider, as W3C has it; never the baggage, which is the client's own.</summary>
/// <seealso href="https://www.w3.org/TR/trace-context/"/>
internal static class TraceContext
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    /// <summary>In characters; more than that need not be handed on.</summary>
    private const int LongestState = 512;

    /// <summary>Adds what is not there yet: a client's own may have been handed on already.</summary>
    public static void Write(Activity span, List<KeyValuePair<string, string>> headers)
    {
        if (span is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } || Has(headers))
        {
            return;
        }

        headers.Add(new(Parent, id));
        if (span.TraceStateString is { Length: > 0 and <= LongestState } state
            && !state.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            headers.Add(new(State, state));
        }
    }

    private static bool Has(List<KeyValuePair<string, string>> headers)
    {
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (header.Key.Equals(Parent, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
