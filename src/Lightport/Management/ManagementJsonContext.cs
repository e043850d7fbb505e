using System.Text.Json.Serialization;

namespace Lightport.Management;

/// <summary>What the management doors answer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApplyAnswer))]
[JsonSerializable(typeof(InvalidConfigurationAnswer))]
[JsonSerializable(typeof(VersionsAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(UsageAnswer))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class ManagementJsonContext : JsonSerializerContext;
