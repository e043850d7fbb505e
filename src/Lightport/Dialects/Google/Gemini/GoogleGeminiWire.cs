namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Words of the generateContent wire (https://ai.google.dev/api/generate-content) and the gateway's own on it.
/// </summary>
internal static class GoogleGeminiWire
{
    public const string NotJson = "The provider sent an answer, or a piece of one, that is not valid JSON.";

    /// <summary>
    /// Stands in for a call's signature that was lost: Gemini 3 refuses an earlier call without one
    /// (https://ai.google.dev/gemini-api/docs/thought-signatures).
    /// </summary>
    public const string NoSignature = "skip_thought_signature_validator";

    /// <summary>
    /// The tool whose arguments stand in for a structured answer where the model takes no schema beside other tools.
    /// Its call is turned back into text, so that no client ever sees it.
    /// </summary>
    public const string StructuredOutputTool = "lightport_structured_output";

    /// <summary>The most stop sequences that the API takes.</summary>
    public const int MostStopSequences = 5;
}
