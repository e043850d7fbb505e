using System.Text.Json.Serialization;

namespace Lightport.Exchanges.Limits;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BudgetAlert))]
internal sealed partial class AlertJsonContext : JsonSerializerContext;
