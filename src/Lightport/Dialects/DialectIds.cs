namespace Lightport.Dialects;

/// <summary>The names of the dialects, as catalog files and logs write them.</summary>
public static class DialectIds
{
    public const string OpenAIChat = "openai-chat";
    public const string OpenAICompletions = "openai-completions";
    public const string OpenAIEmbeddings = "openai-embeddings";
    public const string OpenAIResponses = "openai-responses";
    public const string AnthropicMessages = "anthropic-messages";
    public const string GoogleGemini = "google-gemini";
    public const string GoogleInteractions = "google-interactions";

    public const string AwsConverse = "aws-converse";

    /// <summary>Claude on Bedrock by InvokeModel: Messages, and what AWS has around them.</summary>
    public const string AnthropicBedrock = "anthropic-bedrock";

    /// <summary>Claude on Google's Vertex AI: Messages, their model and version said elsewhere.</summary>
    public const string AnthropicVertex = "anthropic-vertex";
}
