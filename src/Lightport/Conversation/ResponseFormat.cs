using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>The shape that the answer's text must have.</summary>
public sealed record ResponseFormat(ResponseFormatKind Kind)
{
    /// <summary>The schema's name; chat demands one, others have none.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>A JSON Schema, as the client gave it.</summary>
    public JsonElement? Schema { get; init; }

    public bool? Strict { get; init; }

    /// <summary>The client's dialect holds every answer to its schema, without being told to.</summary>
    public bool AlwaysStrict { get; init; }

    /// <summary>The field that the client said it in, to report it by; null is <c>response_format</c>.</summary>
    public string? Field { get; init; }
}

/// <summary>How free the shape of an answer is.</summary>
public enum ResponseFormatKind
{
    Text,
    JsonObject,
    JsonSchema,
}
