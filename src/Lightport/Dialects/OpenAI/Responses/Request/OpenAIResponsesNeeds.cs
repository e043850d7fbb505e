using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What a request needs, read off its bytes.</summary>
internal static class OpenAIResponsesNeeds
{
    private static readonly ContentWords Words = new(
        ["content", "output"],
        ["type"],
        ("input_image", ContentKinds.Image),
        ("computer_screenshot", ContentKinds.Image),
        ("input_audio", ContentKinds.Audio),
        ("input_file", ContentKinds.File));

    public static RequestNeeds Of(JsonEnvelope body) => ContentScan.In(
        new RequestNeeds
        {
            Tools = NeedFields.HasItems(body, "tools"),
            Schema = NeedFields.IsSchema(NeedFields.Value(NeedFields.Value(body, "text"), "format")),
            OutputTokens = NeedFields.Count(NeedFields.Value(body, "max_output_tokens")),
        },
        body,
        "input",
        Words);
}
