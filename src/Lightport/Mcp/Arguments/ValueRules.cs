using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Mcp.Arguments;

/// <summary>What a schema says of a value itself, and not of what is in it, as sentences.</summary>
internal sealed class ValueRules
{
    private const int LongestChoices = 500;

    /// <summary>In the order in which they are told: of a value of another type nothing else is worth a word.</summary>
    private static readonly string[] Words =
    [
        "type", "const", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
        "pattern", "minItems", "maxItems", "minProperties", "maxProperties",
    ];

    private readonly JsonSchemaScalars _scalars = new();

    /// <exception cref="InvalidOperationException">A text has half of a surrogate pair.</exception>
    public string? Problem(JsonElement schema, JsonElement value, string path)
    {
        foreach (string word in Words)
        {
            if (schema.TryGetProperty(word, out JsonElement said) && !_scalars.Holds(word, said, value))
            {
                return $"{path} must {Rule(word, said)}.";
            }
        }

        return null;
    }

    private static string Rule(string word, JsonElement said) => word switch
    {
        "type" => $"be of type {said.GetRawText().Replace("\"", "", StringComparison.Ordinal)}",
        "const" => $"be {ShortText.Of(said.GetRawText())}",
        "enum" => $"be one of {ShortText.Of(said.GetRawText(), LongestChoices)}",
        "pattern" => $"fit the pattern {ShortText.Of(said.GetString()!)}",
        "minimum" => $"be at least {said.GetRawText()}",
        "maximum" => $"be at most {said.GetRawText()}",
        "exclusiveMinimum" => $"be over {said.GetRawText()}",
        "exclusiveMaximum" => $"be below {said.GetRawText()}",
        "minLength" => $"have at least {said.GetRawText()} characters",
        "maxLength" => $"have at most {said.GetRawText()} characters",
        "minItems" => $"have at least {said.GetRawText()} items",
        "maxItems" => $"have at most {said.GetRawText()} items",
        "minProperties" => $"have at least {said.GetRawText()} fields",
        _ => $"have at most {said.GetRawText()} fields",
    };
}
