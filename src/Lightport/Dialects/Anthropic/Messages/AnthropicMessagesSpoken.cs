using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Messages as providers are asked for them.</summary>
internal sealed class AnthropicMessagesSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            AnthropicMessagesRequestEncoder.Encode((ChatRequest)request, encoding, buffer);
            return new AnthropicMessagesCall(context.Amended(buffer), buffer)
            {
                Headers = encoding.Headers,
                Reading = AnswerReading.Of(encoding.Restoration, context),
                PromptTokens = context.Answer.EstimatedPromptTokens,
            };
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
