using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Prefix;

/// <summary>JSON text as it is written in this suite: letters as they are, so that two texts of one value are one.</summary>
internal static class PlainJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonSerializerOptions.Default.TypeInfoResolver,
    };

    public static string Of(JsonNode node) => node.ToJsonString(Options);
}
