using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>
/// How a structured answer is had of a model that takes no schema for one: by a reserved tool whose input is the
/// answer, or where no tool can have the schema, by words.
/// </summary>
internal static class AnswerByTool
{
    /// <summary>What a model is told where any JSON object will do.</summary>
    public const string JsonOnly =
        "Answer with a single JSON object and nothing else: no other words, no code fence.";

    /// <summary>What the reserved tool says of itself, where the client said nothing of its schema.</summary>
    public const string Description = "Takes the final answer.";

    /// <summary>A tool's schema is an object without alternatives at its root.</summary>
    public static bool CanBe(JsonElement schema) =>
        LenientText.TryGetProperty(schema, "type", out JsonElement type) && type.Is("object")
        && !schema.TryGetProperty("anyOf", out _)
        && !schema.TryGetProperty("oneOf", out _)
        && !schema.TryGetProperty("allOf", out _);

    /// <summary>
    /// What a model is told of the tool, in every case, also where it is made to call: whether it can be made to goes
    /// by how this one request thinks, and the system prompt of a conversation must not change with that.
    /// </summary>
    public static string Ask(string tool) => $"Give your final answer by calling {tool} once.";

    /// <summary>What a model is told of a schema that nothing else carries.</summary>
    public static string Describe(JsonElement schema) =>
        "Answer with JSON that conforms to this JSON Schema, and with nothing else:\n"
        + Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(schema));

    /// <param name="canForce">The model can be made to call a tool.</param>
    public static ToolChoice Choice(ChatRequest request, bool canForce, string tool)
    {
        bool mayCall = request.Tools.Count > 0 && request.ToolChoice is not { Mode: ToolChoiceMode.None };
        return !canForce ? ToolChoice.Auto : mayCall ? ToolChoice.Any : ToolChoice.Named(tool);
    }
}
