using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>What bounds a chat's answer, read off its bytes.</summary>
internal static class OpenAIChatBounds
{
    /// <summary>Fields by which servers of this wire are asked to search by themselves.</summary>
    private static readonly string[] Searches = ["web_search_options", "search_parameters", "plugins", "enable_search"];

    public static RequestBounds Of(JsonEnvelope body)
    {
        SaidNumber former = BoundFields.Largest(body, "max_tokens");
        RequestBounds bounds = BoundFields.WithOutput(
            new RequestBounds { OutputField = "max_completion_tokens" },
            BoundFields.Largest(body, "max_completion_tokens").And(former),
            former.IsUnclear ? "max_tokens" : null);
        bounds = BoundFields.WithAnswers(bounds, BoundFields.Largest(body, "n"), "n");
        foreach (string field in Searches)
        {
            bounds = NeedFields.Value(body, field) is { IsEmpty: false } value
                && !value.SequenceEqual("null"u8) && !value.SequenceEqual("false"u8)
                ? bounds with { RunsTools = true }
                : bounds;
        }

        return ServerToolScan.In(bounds, NeedFields.Value(body, "tools"));
    }
}
