using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Strangers.Frames;

/// <summary>As providers are asked for it.</summary>
internal sealed class FramesSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            using (var writer = new Utf8JsonWriter(buffer))
            {
                Body((ChatRequest)request, context.Losses).WriteTo(writer);
            }

            return new FramesCall(context.Amended(buffer), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static JsonObject Body(ChatRequest request, LossLedger losses)
    {
        var body = new JsonObject { ["lines"] = new JsonArray([.. request.Messages.SelectMany(Lines)]) };
        if (request.Tools.Count > 0)
        {
            body["tools"] = new JsonArray([.. request.Tools.Select(tool => (JsonNode)tool.Name)]);
        }

        if (request.Options.Temperature is not null)
        {
            losses.Drop("temperature");
        }

        return body;
    }

    private static IEnumerable<JsonNode> Lines(Message message) => message.Parts.Select(part => (JsonNode)(part switch
    {
        TextPart text => $"{message.Role}: {text.Text}",
        ToolCallPart call => $"{message.Role} calls {call.Name}({call.Arguments}) as {call.CallId}",
        ToolResultPart result => $"{result.CallId} gave {string.Concat(result.Parts.OfType<TextPart>().Select(p => p.Text))}",
        _ => throw GatewayException.BadRequest("Only text is taken.", "messages"),
    }));
}
