using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>What bounds an answer, read off its request's bytes; each name in both of Google's spellings.</summary>
internal static class GoogleGeminiBounds
{
    private const string Snake = "generation_config";
    private const string Camel = "generationConfig";

    private static readonly string[] Choices =
        ["routingConfig", "routing_config", "modelSelectionConfig", "model_selection_config", "modelConfig"];

    public static RequestBounds Of(JsonEnvelope body)
    {
        bool isSnake = body.TryGet(Snake, out _);
        ReadOnlySpan<byte> snake = NeedFields.Value(body, Snake);
        ReadOnlySpan<byte> camel = NeedFields.Value(body, Camel);
        var bounds = new RequestBounds
        {
            OutputField = isSnake ? "generation_config.max_output_tokens" : "generationConfig.maxOutputTokens",
            Unbounded = isSnake && body.TryGet(Camel, out _)
                && (Output(snake).Most is null || Output(camel).Most is null)
                ? $"it has both '{Camel}' and '{Snake}', and one says nothing of how long its answer may be; send one"
                : null,
        };
        if (ChoosesModel(snake) || ChoosesModel(camel))
        {
            bounds = bounds with { Unbounded = "another model may be chosen for it, which may be dearer; ask for one" };
        }

        bounds = bounds with
        {
            IsKept = NeedFields.IsSaid(body, "cachedContent") || NeedFields.IsSaid(body, "cached_content"),
        };
        bounds = BoundFields.WithOutput(bounds, Output(snake).And(Output(camel)));
        bounds = BoundFields.WithAnswers(bounds, Answers(snake).And(Answers(camel)), "candidateCount");
        return ServerToolScan.InNamed(
            bounds, NeedFields.Value(body, "tools"), "functionDeclarations", "function_declarations");
    }

    /// <summary>Vertex's own choice among models.</summary>
    private static bool ChoosesModel(ReadOnlySpan<byte> options)
    {
        foreach (string field in Choices)
        {
            if (NeedFields.Value(options, field) is { IsEmpty: false } value && !value.SequenceEqual("null"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static SaidNumber Output(ReadOnlySpan<byte> options) =>
        BoundFields.LargestIn(options, "maxOutputTokens", "max_output_tokens");

    private static SaidNumber Answers(ReadOnlySpan<byte> options) =>
        BoundFields.LargestIn(options, "candidateCount", "candidate_count");
}
