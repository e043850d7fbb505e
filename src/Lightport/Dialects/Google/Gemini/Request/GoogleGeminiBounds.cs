using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>What bounds an answer, read off its request's bytes; each name in both of Google's spellings.</summary>
internal static class GoogleGeminiBounds
{
    private const string Snake = "generation_config";
    private const string Camel = "generationConfig";

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
        bounds = BoundFields.WithOutput(bounds, Output(snake).And(Output(camel)));
        bounds = BoundFields.WithAnswers(bounds, Answers(snake).And(Answers(camel)), "candidateCount");
        return ServerToolScan.InNamed(
            bounds, NeedFields.Value(body, "tools"), "functionDeclarations", "function_declarations");
    }

    private static SaidNumber Output(ReadOnlySpan<byte> options) =>
        BoundFields.LargestIn(options, "maxOutputTokens", "max_output_tokens");

    private static SaidNumber Answers(ReadOnlySpan<byte> options) =>
        BoundFields.LargestIn(options, "candidateCount", "candidate_count");
}
