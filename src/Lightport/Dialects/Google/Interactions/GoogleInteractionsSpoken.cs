using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Interactions as Google is asked for them.</summary>
internal sealed class GoogleInteractionsSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            GoogleInteractionsRequestEncoder.Encode((ChatRequest)request, encoding, buffer);
            return new GoogleInteractionsCall(context.Amended(buffer), buffer)
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
