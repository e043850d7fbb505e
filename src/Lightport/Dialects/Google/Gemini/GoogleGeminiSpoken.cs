using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>generateContent as providers are asked for it: their addresses say model and stream.</summary>
internal sealed class GoogleGeminiSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            GoogleGeminiRequestEncoder.Encode((ChatRequest)request, context.Account, encoding, buffer);
            return new GoogleGeminiCall(context.Amended(buffer), buffer)
            {
                Reading = AnswerReading.Of(encoding.Restoration, context),
                Answer = context.Answer,
            };
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
