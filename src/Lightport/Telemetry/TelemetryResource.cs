using System.Reflection;
using OpenTelemetry.Resources;

namespace Lightport.Telemetry;

/// <summary>What the process is called where its telemetry goes.</summary>
internal static class TelemetryResource
{
    private static string? Version => typeof(TelemetryResource).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>Whatever OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last, and wins.</summary>
    public static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService("lightport", serviceVersion: Version)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
