using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads one part (https://ai.google.dev/api/caching#Part): it holds one kind of data, named by a field.
/// </summary>
internal static class GoogleGeminiPartDecoder
{
    private static readonly string[] Kinds =
    [
        "text", "functionCall", "functionResponse", "inlineData", "fileData", "executableCode", "codeExecutionResult",
        "toolCall", "toolResponse",
    ];

    private static readonly FrozenSet<string> Known =
        GoogleGeminiFields.Names([.. Kinds, "thought", "thoughtSignature"]);

    private static readonly FrozenSet<string> KnownOfCall = GoogleGeminiFields.Names("id", "name", "args");

    /// <exception cref="GatewayException">It is malformed, or of no kind that this page names.</exception>
    public static ContentPart Decode(GoogleGeminiFields fields, JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            throw fields.Wrong(part, "must be a part");
        }

        OpaqueState? state = State(fields, part);
        string? kind = Kind(fields, part);
        if (kind is null && state is null)
        {
            throw fields.Wrong(part, $"must hold one of {string.Join(", ", Kinds)}");
        }

        ContentPart read = kind switch
        {
            null or "text" => Words(fields, part),
            "functionCall" => Call(fields, fields.Object(part, kind)!.Value),
            "functionResponse" => GoogleGeminiResultDecoder.Decode(fields, fields.Object(part, kind)!.Value),
            "inlineData" or "fileData" => GoogleGeminiMediaDecoder.Decode(fields, part),
            _ => GoogleGeminiServerTools.Read(kind, part, fields.Object(part, kind)!.Value),
        };
        IReadOnlyList<Extension> others = fields.Others(part, Known);
        return read with
        {
            State = read is OpaquePart ? null : state,
            Extensions = others.Count > 0 ? [.. read.Extensions, .. others] : read.Extensions,
        };
    }

    private static string? Kind(GoogleGeminiFields fields, JsonElement part)
    {
        string? found = null;
        foreach (string kind in Kinds)
        {
            if (fields.Find(part, kind) is null)
            {
                continue;
            }

            found = found is null
                ? kind
                : throw fields.Wrong(part, $"must hold one kind of data, and holds '{found}' and '{kind}'");
        }

        return found;
    }

    private static ContentPart Words(GoogleGeminiFields fields, JsonElement part)
    {
        string text = fields.Text(part, "text") ?? "";
        return fields.Boolean(part, "thought") == true ? new ReasoningPart(text) : new TextPart(text);
    }

    private static ToolCallPart Call(GoogleGeminiFields fields, JsonElement call) => new(
        fields.Text(call, "id") ?? "",
        fields.RequiredText(call, "name"),
        fields.Object(call, "args") is { } arguments
            ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(arguments))
            : "{}")
    {
        Extensions = fields.Others(call, KnownOfCall),
    };

    private static OpaqueState? State(GoogleGeminiFields fields, JsonElement part) =>
        fields.Text(part, "thoughtSignature") is { Length: > 0 } slot ? GoogleGeminiSignature.Read(slot) : null;
}
