using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>What bounds an interaction, read off its request's bytes.</summary>
internal static class GoogleInteractionsBounds
{
    public static RequestBounds Of(JsonEnvelope body)
    {
        RequestBounds bounds = ServerToolScan.In(
            BoundFields.WithOutput(
                new RequestBounds
                {
                    OutputField = "generation_config.max_output_tokens",
                    IsKept = NeedFields.IsSaid(body, "previous_interaction_id"),
                },
                BoundFields.LargestIn(NeedFields.Value(body, "generation_config"), "max_output_tokens")),
            NeedFields.Value(body, "tools"));
        return NeedFields.IsSaid(body, "environment")
            ? bounds with { Unbounded = "nothing bounds what its 'environment' is billed; leave it out" }
            : bounds;
    }
}
