using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>What bounds a message, read off its request's bytes.</summary>
internal static class AnthropicMessagesBounds
{
    public static RequestBounds Of(JsonEnvelope body)
    {
        RequestBounds bounds = ServerToolScan.In(
            BoundFields.WithOutput(
                new RequestBounds { OutputField = "max_tokens", ToolRunsField = "'max_uses' of each" },
                BoundFields.Largest(body, "max_tokens")),
            NeedFields.Value(body, "tools"),
            hasUses: true);
        if (NeedFields.HasItems(body, "mcp_servers"))
        {
            bounds = bounds with { RunsTools = true, ToolRuns = null, ToolRunsField = null };
        }

        if (NeedFields.Mentions(NeedFields.Value(body, "context_management"), "compact"u8))
        {
            bounds = bounds with
            {
                Unbounded = "its conversation may be compacted on the way, which is billed beside its answer; leave "
                    + "'compact' out of 'context_management'",
            };
        }

        return NeedFields.Value(body, "fallbacks") is { IsEmpty: false } models
            && !models.SequenceEqual("null"u8)
            && !models.SequenceEqual("[]"u8)
            ? bounds with { Unbounded = "'fallbacks' may have a dearer model answer; leave them out" }
            : bounds;
    }
}
