using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>What is left of fields that are read only in part, or stand beside another that says the same.</summary>
internal static class OpenAIChatLeftovers
{
    private static readonly FrozenSet<string> Stream = FrozenSet.Create("include_usage");
    private static readonly FrozenSet<string> Reasoning =
        FrozenSet.Create("effort", "max_tokens", "enabled", "exclude", "summary");

    private static readonly FrozenSet<string> Thinking = FrozenSet.Create("type", "budget_tokens");
    private static readonly FrozenSet<string> Format = FrozenSet.Create("type", "json_schema");
    private static readonly FrozenSet<string> Schema = FrozenSet.Create("name", "description", "schema", "strict");

    public static IReadOnlyList<Extension> Of(RequestFields fields)
    {
        List<Extension>? left = null;
        if (fields.Find("user") is not null && fields.Find("safety_identifier") is { } identifier)
        {
            (left ??= []).Add(new Extension("safety_identifier", identifier));
        }

        JsonElement? reasoning = fields.Object("reasoning");
        if (reasoning is { } words)
        {
            (left ??= []).AddRange(fields.Others(words, Reasoning, "reasoning."));
        }

        if (fields.Object("thinking") is { } thinking)
        {
            (left ??= []).AddRange(reasoning is null
                ? fields.Others(thinking, Thinking, "thinking.")
                : [new Extension("thinking", thinking)]);
        }

        if (fields.Object("response_format") is { } format)
        {
            (left ??= []).AddRange(fields.Others(format, Format, "response_format."));
            if (fields.Object(format, "json_schema") is { } schema)
            {
                left.AddRange(fields.Others(schema, Schema, "response_format.json_schema."));
            }
        }

        return left ?? (IReadOnlyList<Extension>)[];
    }

    public static IReadOnlyList<Extension> OfStream(RequestFields fields) =>
        fields.Object("stream_options") is { } options
            ? fields.Others(options, Stream, "stream_options.")
            : [];
}
