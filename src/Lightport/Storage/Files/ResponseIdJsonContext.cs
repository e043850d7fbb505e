using System.Text.Json.Serialization;

namespace Lightport.Storage.Files;

/// <summary>An id's line, as short as it may be.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResponseIdRecord))]
internal sealed partial class ResponseIdJsonContext : JsonSerializerContext;
