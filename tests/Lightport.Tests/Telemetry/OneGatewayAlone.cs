namespace Lightport.Tests.Telemetry;

/// <summary>Whoever listens to meters by their name hears every gateway of the process: such tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneGatewayAlone
{
    public const string Name = "One gateway alone";
}
