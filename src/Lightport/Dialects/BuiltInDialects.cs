using Lightport.Dialects.Anthropic;
using Lightport.Dialects.Anthropic.Hosted;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Aws.Claude;
using Lightport.Dialects.Aws.Converse;
using Lightport.Dialects.Google;
using Lightport.Dialects.Google.Claude;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Google.Interactions;
using Lightport.Dialects.OpenAI;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Dialects.OpenAI.Embeddings;
using Lightport.Dialects.OpenAI.Responses;

namespace Lightport.Dialects;

/// <summary>What the gateway speaks by itself; a host may add to it.</summary>
public static class BuiltInDialects
{
    /// <summary>In the order in which a provider that has several endpoints is asked.</summary>
    public static IReadOnlyList<DialectOperation> Operations { get; } =
    [
        OpenAIChatDialect.Chat,
        OpenAICompletionsDialect.Completion,
        OpenAIEmbeddingsDialect.Embeddings,
        AnthropicMessagesDialect.Chat,
        AnthropicMessagesDialect.TokenCount,
        GoogleGeminiDialect.Chat,
        GoogleGeminiDialect.TokenCount,
        GoogleGeminiDialect.VertexTokenCount,
        GoogleInteractionsDialect.Chat,
        GoogleInteractionsDialect.KeptAnswer,
        OpenAIResponsesDialect.Chat,
        OpenAIResponsesDialect.TokenCount,
        OpenAIResponsesDialect.KeptAnswer,
        OpenAIResponsesDialect.Compaction,
        AwsConverseDialect.Chat,
        AwsConverseDialect.TokenCount,
        AnthropicHosted.On(AwsClaude.Host, AnthropicMessagesDialect.Chat),
        AnthropicHosted.On(GoogleClaude.Host, AnthropicMessagesDialect.Chat),
        AnthropicHosted.On(GoogleClaude.Counting, AnthropicMessagesDialect.TokenCount),
    ];

    public static IReadOnlyList<IClientFamily> Families { get; } =
        [AnthropicClients.Instance, GoogleClients.Instance, OpenAIClients.Instance];

    /// <summary>The registry of these alone.</summary>
    public static DialectRegistry Create() => new(Operations, Families);
}
