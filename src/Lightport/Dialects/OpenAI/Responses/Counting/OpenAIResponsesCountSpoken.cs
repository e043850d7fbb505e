using System.Collections.Frozen;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Counts as OpenAI is asked for them: the request that it would be, less how to answer.</summary>
internal sealed class OpenAIResponsesCountSpoken : ISpoken
{
    /// <summary>https://platform.openai.com/docs/api-reference/responses/input-tokens has no other fields.</summary>
    private static readonly FrozenSet<string> Counted = FrozenSet.Create(
        "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "text", "reasoning",
        "truncation");

    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            OpenAIResponsesRequestEncoder.Encode((ChatRequest)request, encoding, buffer);
            var body = JsonEnvelope.Read(buffer.Written);
            var patch = new BodyPatch(body);
            foreach (JsonField field in body.Fields)
            {
                if (!Counted.Contains(field.Name))
                {
                    patch.Remove(field.Name);
                }
            }

            context.Amendment?.Apply(patch);
            return new OpenAIResponsesCountCall(patch.Apply(), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
