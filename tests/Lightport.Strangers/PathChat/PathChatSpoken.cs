using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Strangers.PathChat;

/// <summary>As providers are asked for it: their addresses say model and stream.</summary>
internal sealed class PathChatSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            PathChatWire.Write(PathChatRequest.Encode((ChatRequest)request, context.Losses), buffer);
            return new PathChatCall(context.Amended(buffer), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
