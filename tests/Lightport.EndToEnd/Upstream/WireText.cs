using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.EndToEnd.Upstream;

internal static class WireText
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonSerializerOptions.Default.TypeInfoResolver,
    };

    /// <summary>JSON as providers write it, letters beyond ASCII as they are.</summary>
    public static string ToWire(this JsonNode node) => node.ToJsonString(Readable);
}
