using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>What a request needs, read off its bytes.</summary>
internal static class AnthropicMessagesNeeds
{
    private static readonly ContentWords Words = new(
        ["content"],
        ["type"],
        ("image", ContentKinds.Image),
        ("document", ContentKinds.File));

    public static RequestNeeds Of(JsonEnvelope body) => ContentScan.In(
        new RequestNeeds
        {
            Tools = NeedFields.HasItems(body, "tools"),
            Schema = NeedFields.IsSchema(NeedFields.Value(NeedFields.Value(body, "output_config"), "format"))
                || NeedFields.IsSchema(NeedFields.Value(body, "output_format")),
            OutputTokens = NeedFields.Count(NeedFields.Value(body, "max_tokens")),
        },
        body,
        "messages",
        Words);
}
