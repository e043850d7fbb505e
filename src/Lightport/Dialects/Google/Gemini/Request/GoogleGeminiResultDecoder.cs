using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads what a function answered (https://ai.google.dev/api/caching#FunctionResponse). Of its object <c>output</c> is
/// what the function gave and <c>error</c> why it gave nothing; an object with neither is the answer itself.
/// </summary>
internal static class GoogleGeminiResultDecoder
{
    private static readonly FrozenSet<string> Known = GoogleGeminiFields.Names("id", "name", "response", "parts");

    private static readonly FrozenSet<string> KnownOfPart = GoogleGeminiFields.Names("inlineData", "fileData");

    public static ToolResultPart Decode(GoogleGeminiFields fields, JsonElement result)
    {
        var parts = new List<ContentPart>();
        bool isError = false;
        if (fields.Object(result, "response") is { } response)
        {
            (JsonElement said, isError) = Said(response);
            parts.Add(new TextPart(said.ValueKind == JsonValueKind.String
                ? said.Text()
                : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(said))));
        }

        foreach (JsonElement part in fields.Items(result, "parts"))
        {
            fields.Tally.AddPart();
            ContentPart media = GoogleGeminiMediaDecoder.Decode(fields, part);
            parts.Add(media with { Extensions = [.. media.Extensions, .. fields.Others(part, KnownOfPart)] });
        }

        return new ToolResultPart(fields.Text(result, "id") ?? "", parts)
        {
            IsError = isError,
            Extensions = fields.Others(result, Known),
        };
    }

    private static (JsonElement Said, bool IsError) Said(JsonElement response)
    {
        using JsonElement.ObjectEnumerator members = response.EnumerateObject();
        if (members.MoveNext())
        {
            JsonProperty only = members.Current;
            string name = LenientText.Name(only);
            if (name is "output" or "error" && !members.MoveNext())
            {
                return (only.Value, name == "error");
            }
        }

        return (response, false);
    }
}
