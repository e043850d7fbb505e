using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>What a chat request needs, read off its bytes.</summary>
internal static class OpenAIChatNeeds
{
    private static readonly ContentWords Words = new(
        ["content"],
        ["type"],
        ("image_url", ContentKinds.Image),
        ("input_audio", ContentKinds.Audio),
        ("video_url", ContentKinds.Video),
        ("file", ContentKinds.File))
    {
        // The wire's own; "thinking" and "reference" are of Mistral's answers, which come back with the history.
        Plain = ["text", "refusal", "thinking", "reference"],
    };

    public static RequestNeeds Of(JsonEnvelope body) => ContentScan.In(
        new RequestNeeds
        {
            Tools = NeedFields.HasItems(body, "tools") || NeedFields.HasItems(body, "functions"),
            Schema = NeedFields.IsSchema(NeedFields.Value(body, "response_format")),
            OutputTokens = NeedFields.Count(NeedFields.Value(body, "max_completion_tokens"))
                ?? NeedFields.Count(NeedFields.Value(body, "max_tokens")),
        },
        body,
        "messages",
        Words);
}
