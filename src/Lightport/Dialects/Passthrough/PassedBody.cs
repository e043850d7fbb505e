using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Passthrough;

/// <summary>A client's JSON body as a target of its own dialect gets it.</summary>
internal static class PassedBody
{
    /// <param name="patch">What the dialect itself changes; model and amendments come after.</param>
    /// <exception cref="GatewayException">It holds what the target refuses and may not lose.</exception>
    public static BodySegments Of(BodyPatch patch, CallContext context)
    {
        if (!patch.TryGetValue("model", out ReadOnlySpan<byte> said) || !said.SequenceEqual(context.ModelJson.Span))
        {
            patch.Set("model", context.ModelJson.Span);
        }

        context.Amendment?.Apply(patch);
        return patch.Apply();
    }
}
