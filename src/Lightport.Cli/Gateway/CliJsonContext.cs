using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lightport.Cli.Gateway;

/// <summary>How the gateway's documents are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChangeSet))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(GatewayErrorDocument))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(KeyEntry))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(McpServerEntry))]
[JsonSerializable(typeof(McpServerList))]
[JsonSerializable(typeof(ModelCatalog))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(PriceList))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(VersionList))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
