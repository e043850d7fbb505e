using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What bounds a response, read off its request's bytes.</summary>
internal static class OpenAIResponsesBounds
{
    public static RequestBounds Of(JsonEnvelope body)
    {
        RequestBounds bounds = ServerToolScan.In(
            new RequestBounds
            {
                OutputField = "max_output_tokens",
                OutputTokens = BoundFields.Largest(body, "max_output_tokens"),
            },
            NeedFields.Value(body, "tools"));
        return bounds.RunsTools && BoundFields.Largest(body, "max_tool_calls") is { } runs
            ? bounds with { ToolRuns = runs }
            : bounds;
    }
}
