using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>What bounds a chat's answer, read off its bytes.</summary>
internal static class OpenAIChatBounds
{
    /// <summary>Fields by which servers of this wire are asked to search by themselves.</summary>
    private static readonly string[] Searches =
    [
        "web_search_options", "search_parameters", "plugins", "enable_search", "enable_code_interpreter", "connectors",
        "data_sources", "dataSources",
    ];

    /// <summary>Fields by which a request is billed for what its other fields do not bound, and why.</summary>
    private static readonly (string Field, string Why)[] Unbounded =
    [
        // https://platform.openai.com/docs/guides/predicted-outputs
        ("prediction", "what of a 'prediction' does not come true is billed beside the answer; leave it out"),

        // https://docs.x.ai/docs/guides/deferred-chat-completions
        ("deferred", "nobody sees what an answer uses that is fetched later; leave 'deferred' out"),
    ];

    public static RequestBounds Of(JsonEnvelope body)
    {
        SaidNumber former = BoundFields.Largest(body, "max_tokens");
        RequestBounds bounds = BoundFields.WithOutput(
            new RequestBounds { OutputField = "max_completion_tokens" },
            BoundFields.Largest(body, "max_completion_tokens").And(former),
            former.IsUnclear ? "max_tokens" : null);

        // Some servers of this wire write as many as 'best_of' says, and tell 'n' of them.
        bounds = BoundFields.WithAnswers(bounds, BoundFields.Largest(body, "n", "best_of"), "n");
        bounds = AgentFields.Unbounded(body) is { } agents ? bounds with { Unbounded = agents } : bounds;
        foreach (string field in Searches)
        {
            bounds = NeedFields.Value(body, field) is { IsEmpty: false } value
                && !value.SequenceEqual("null"u8) && !value.SequenceEqual("false"u8)
                ? bounds with { RunsTools = true }
                : bounds;
        }

        foreach ((string field, string why) in Unbounded)
        {
            bounds = NeedFields.Value(body, field) is { IsEmpty: false } value
                && !value.SequenceEqual("null"u8) && !value.SequenceEqual("false"u8)
                ? bounds with { Unbounded = why }
                : bounds;
        }

        // Google takes what it has cached by either name (https://ai.google.dev/gemini-api/docs/openai).
        bool isKept = NeedFields.IsSaid(body, "cached_content")
            || NeedFields.Mentions(NeedFields.Value(body, "extra_body"), "cached_content"u8);
        return ServerToolScan.In(bounds with { IsKept = isKept }, NeedFields.Value(body, "tools"));
    }
}
