using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Counts as Anthropic is asked for them: the message that the conversation would be, less what the endpoint refuses.
/// </summary>
internal sealed class AnthropicMessagesCountSpoken : ISpoken
{
    /// <summary>
    /// What says how to answer and not what is read (https://platform.claude.com/docs/en/api/messages/count_tokens).
    /// </summary>
    private static readonly string[] NotCounted =
        ["max_tokens", "metadata", "service_tier", "stop_sequences", "temperature", "top_k", "top_p"];

    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            AnthropicMessagesRequestEncoder.Encode((ChatRequest)request, encoding, buffer);
            var patch = new BodyPatch(JsonEnvelope.Read(buffer.Written));
            foreach (string field in NotCounted)
            {
                patch.Remove(field);
            }

            context.Amendment?.Apply(patch);
            return new AnthropicMessagesCountCall(patch.Apply(), buffer) { Headers = encoding.Headers };
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
