using System.Text.Json.Serialization;

namespace Lightport.Mcp.Lists;

/// <summary>How lists of tools are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredTools))]
internal sealed partial class ToolJsonContext : JsonSerializerContext;
