namespace Lightport.Management;

/// <summary>The state of what the gateway stands on.</summary>
internal sealed record HealthAnswer(
    string Status,
    string Version,
    HealthAnswer.ConfigurationFacts Configuration,
    HealthAnswer.KeyFacts? Keys,
    HealthAnswer.UsageFacts? Usage)
{
    internal sealed record ConfigurationFacts(
        string? Version,
        string? Source,
        string? Error,
        int Models,
        int Providers);

    /// <param name="Store"><c>ok</c>, or why the store could not be asked last time.</param>
    internal sealed record KeyFacts(string Store, int Cached);

    /// <param name="Pending">Rows that are not written yet.</param>
    internal sealed record UsageFacts(string Store, int Pending);
}
