namespace Lightport.Conversation;

/// <summary>
/// Names for the makers of opaque state, as OpenRouter's <c>reasoning_details[].format</c> spells them.
/// </summary>
public static class StateFormats
{
    public const string Anthropic = "anthropic-claude-v1";
    public const string OpenAI = "openai-responses-v1";
    public const string Gemini = "google-gemini-v1";

    /// <summary>Thoughts of the Interactions API: nobody says that generateContent could read them.</summary>
    public const string Interactions = "google-interactions-v1";

    /// <summary>No state at all: marks reasoning that needs none, so that no vendor's check is run on it.</summary>
    public const string None = "none";
}
