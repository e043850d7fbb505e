using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Gemini's generateContent (https://ai.google.dev/api/generate-content).</summary>
internal static class GoogleGeminiDialect
{
    public static DialectOperation Chat { get; } = new(DialectIds.GoogleGemini, Operation.Chat)
    {
        Reads = [StateFormats.Gemini],
        Served = new GoogleGeminiServed(),
        Spoken = new GoogleGeminiSpoken(),
        Passed = new GoogleGeminiPassed(),
    };

    public static DialectOperation TokenCount { get; } = new(DialectIds.GoogleGemini, Operation.TokenCount)
    {
        Endpoint = "google-gemini-count-tokens",
        Served = new GoogleGeminiCountServed(),
        Spoken = new GoogleGeminiCountSpoken(),
    };

    /// <summary>Counts as Vertex AI is asked for them, whose clients say the same as the others'.</summary>
    public static DialectOperation VertexTokenCount { get; } =
        new("google-vertex-count-tokens", Operation.TokenCount) { Spoken = new GoogleGeminiVertexCountSpoken() };
}
