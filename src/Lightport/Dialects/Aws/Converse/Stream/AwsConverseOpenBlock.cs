using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>A block that has begun with a start of its own.</summary>
/// <param name="part">The index of its part; <see cref="NoPart"/> where it is told whole at its end.</param>
/// <param name="start">What it began with.</param>
internal sealed class AwsConverseOpenBlock(int part, JsonElement start)
{
    public const int NoPart = -1;

    public int Part => part;

    public bool IsCall => LenientText.TryGetProperty(start, "toolUseId", out _);

    /// <summary>A delta has brought arguments.</summary>
    public bool HasInput { get; set; }

    /// <summary>The pieces of a result; null where it is none.</summary>
    public JsonArray? Content { get; init; }

    /// <exception cref="JsonException">It is no JSON.</exception>
    public void AddContent(ReadOnlySpan<byte> pieces)
    {
        foreach (JsonNode? piece in JsonNode.Parse(pieces) as JsonArray ?? [])
        {
            Content?.Add(piece?.DeepClone());
        }
    }

    /// <summary>A result as it would have come whole.</summary>
    public JsonElement Whole()
    {
        JsonObject whole = JsonObject.Create(start)!;
        whole["content"] = Content;
        return JsonElement.Parse(whole.ToJsonString());
    }
}
