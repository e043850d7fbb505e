using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Responses as providers are asked for them.</summary>
internal sealed class OpenAIResponsesSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            OpenAIResponsesRequestEncoder.Encode((ChatRequest)request, encoding, buffer);
            return new OpenAIResponsesCall(context.Amended(buffer), buffer)
            {
                Reading = AnswerReading.Of(encoding.Restoration, context),
                IsOfOtherClient = ((ChatRequest)request).Dialect != DialectIds.OpenAIResponses,
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
