using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What bounds a response, read off its request's bytes.</summary>
internal static class OpenAIResponsesBounds
{
    public static RequestBounds Of(JsonEnvelope body)
    {
        RequestBounds bounds = ServerToolScan.In(
            BoundFields.WithOutput(
                new RequestBounds { OutputField = "max_output_tokens", ToolRunsField = "'max_tool_calls'" },
                BoundFields.Largest(body, "max_output_tokens")),
            NeedFields.Value(body, "tools"));
        bounds = ServerToolScan.InItems(bounds, NeedFields.Value(body, "input"));
        SaidNumber runs = BoundFields.Largest(body, "max_tool_calls");
        return bounds with
        {
            ToolRuns = bounds.RunsTools && !runs.IsUnclear ? runs.Most : null,
            IsKept = NeedFields.IsSaid(body, "previous_response_id"),
            Unbounded = NeedFields.IsSaid(body, "prompt")
                    ? "nobody knows how long the stored 'prompt' is, or which tools it has; send its text and leave it "
                        + "out"
                : NeedFields.HasItems(body, "context_management")
                    ? "its conversation may be compacted on the way, which is billed beside its answer; leave "
                        + "'context_management' out"
                : AgentFields.Unbounded(body) ?? bounds.Unbounded,
        };
    }
}
