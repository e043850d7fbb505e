using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>What bounds an answer, read off its request's bytes; each name in both of Google's spellings.</summary>
internal static class GoogleGeminiBounds
{
    public static RequestBounds Of(JsonEnvelope body)
    {
        bool isSnake = body.TryGet("generation_config", out _);
        ReadOnlySpan<byte> options = NeedFields.Value(body, isSnake ? "generation_config" : "generationConfig");
        return ServerToolScan.InNamed(
            new RequestBounds
            {
                OutputField = isSnake ? "generation_config.max_output_tokens" : "generationConfig.maxOutputTokens",
                OutputTokens = Number(options, "maxOutputTokens", "max_output_tokens"),
                Answers = Number(options, "candidateCount", "candidate_count"),
            },
            NeedFields.Value(body, "tools"),
            "functionDeclarations",
            "function_declarations");
    }

    private static long? Number(ReadOnlySpan<byte> options, string name, string snake) => BoundFields.Larger(
        BoundFields.Number(NeedFields.Value(options, name)), BoundFields.Number(NeedFields.Value(options, snake)));
}
