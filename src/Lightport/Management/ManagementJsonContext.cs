using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lightport.Management;

/// <summary>What the management doors answer.</summary>
[JsonSerializable(typeof(ApplyAnswer))]
[JsonSerializable(typeof(InvalidConfigurationAnswer))]
[JsonSerializable(typeof(VersionsAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(UsageAnswer))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(PricesAnswer))]
[JsonSerializable(typeof(McpServersAnswer))]
[JsonSerializable(typeof(McpServersAnswer.Server))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class ManagementJsonContext : JsonSerializerContext
{
    /// <summary>Quotes inside texts stay readable; no answer is ever put into a page.</summary>
    public static ManagementJsonContext Readable { get; } = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
}
