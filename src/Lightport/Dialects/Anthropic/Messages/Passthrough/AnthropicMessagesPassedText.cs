using Lightport.Conversation;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Counts the text in an event of a block that passes unread: an event tells one thing.</summary>
internal static class AnthropicMessagesPassedText
{
    public static void Measure(ReadOnlySpan<byte> data, UsageEstimator estimator)
    {
        int spoken = PassedText.BytesOf(data, "\"text\":"u8) is > 0 and var text ? text
            : PassedText.BytesOf(data, "\"partial_json\":"u8);
        estimator.AddSpoken(spoken);
        if (spoken == 0)
        {
            estimator.AddThought(PassedText.BytesOf(data, "\"thinking\":"u8));
        }
    }
}
