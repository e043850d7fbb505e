using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// What the configuration has a target told, whatever the client says: that bounds its answers too, in whichever
/// dialect it is told.
/// </summary>
internal static class TargetSettings
{
    private static readonly string[] Outputs =
        ["max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "maxTokens"];

    private static readonly string[] Answers = ["n", "best_of", "candidateCount", "candidate_count"];

    /// <summary>Objects in which some dialects have them.</summary>
    private static readonly string[] Owners = ["generationConfig", "generation_config", "inferenceConfig"];

    /// <summary>The bounds, with what the target's settings make of them.</summary>
    public static RequestBounds Over(RequestBounds said, Target target)
    {
        if (target.Set.Count == 0)
        {
            return said;
        }

        foreach ((string field, JsonElement value) in target.Set)
        {
            if (Owners.Contains(field) && value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty inner in value.EnumerateObject())
                {
                    said = With(said, inner.Name, inner.Value);
                }
            }
            else
            {
                said = With(said, field, value);
            }
        }

        return said;
    }

    private static RequestBounds With(RequestBounds said, string field, JsonElement value)
    {
        bool isOutput = Outputs.Contains(field);
        if (!isOutput && !Answers.Contains(field))
        {
            return said;
        }

        SaidNumber number = BoundFields.Number(JsonMarshal.GetRawUtf8Value(value));
        if (number.IsUnclear)
        {
            return said with { Unbounded = $"its target's setting '{field}' is no plain whole number" };
        }

        return isOutput
            ? said with { OutputTokens = Larger(said.OutputTokens, number.Most) }
            : said with { Answers = Larger(said.Answers, number.Most) };
    }

    private static long? Larger(long? one, long? other) => one > other ? one : other ?? one;
}
