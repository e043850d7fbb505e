using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>What bounds an interaction, read off its request's bytes.</summary>
internal static class GoogleInteractionsBounds
{
    public static RequestBounds Of(JsonEnvelope body) => ServerToolScan.In(
        new RequestBounds
        {
            OutputField = "generation_config.max_output_tokens",
            OutputTokens = BoundFields.Number(
                NeedFields.Value(NeedFields.Value(body, "generation_config"), "max_output_tokens")),
        },
        NeedFields.Value(body, "tools"));
}
