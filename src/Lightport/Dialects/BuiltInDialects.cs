using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Dialects.OpenAI.Embeddings;

namespace Lightport.Dialects;

/// <summary>Every dialect that the gateway knows.</summary>
public static class BuiltInDialects
{
    public static DialectRegistry Create()
    {
        var chat = new OpenAIChatDialect();
        var messages = new AnthropicMessagesDialect();
        return new DialectRegistry(
            spoken: [chat, messages],
            served: [chat, messages, new OpenAICompletionsDialect()],
            passthroughs:
            [
                new OpenAIChatPassthrough(),
                new OpenAICompletionsPassthrough(),
                new OpenAIEmbeddingsPassthrough(),
                new AnthropicMessagesPassthrough(),
            ]);
    }
}
