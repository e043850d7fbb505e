using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Chat as providers are asked for it.</summary>
internal sealed class OpenAIChatSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            OpenAIChatRequestEncoder.Encode((ChatRequest)request, encoding, buffer);
            return new OpenAIChatCall(context.Amended(buffer), buffer)
            {
                Reading = AnswerReading.Of(encoding.Restoration, context),
            };
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
