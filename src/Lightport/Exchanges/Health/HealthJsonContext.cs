using System.Text.Json.Serialization;

namespace Lightport.Exchanges.Health;

/// <summary>The row that instances share, as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<OpenBreakerRow>))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
