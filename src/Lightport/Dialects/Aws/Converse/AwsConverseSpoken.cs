using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Converse as Bedrock is asked for it.</summary>
internal sealed class AwsConverseSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            AwsConverseRequestEncoder.Encode((ChatRequest)request, encoding, buffer);
            return new AwsConverseCall(context.Amended(buffer), buffer)
            {
                Reading = AnswerReading.Of(encoding.Restoration, context),
                Losses = context.Answer.Losses,
            };
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
