namespace Lightport.Routing.Preferences;

/// <summary>What a request wants its targets sorted by.</summary>
internal enum PreferredSort
{
    Throughput,
    Latency,
    Price,
}
