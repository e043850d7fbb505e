using Lightport.Conversation;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Counts the text in a chunk of chat or completions that passes unread: a chunk tells one thing.</summary>
internal static class OpenAIChatPassedText
{
    public static void Measure(ReadOnlySpan<byte> data, UsageEstimator estimator)
    {
        int spoken = PassedText.BytesOf(data, "\"content\":"u8) is > 0 and var content ? content
            : PassedText.BytesOf(data, "\"arguments\":"u8) is > 0 and var arguments ? arguments
            : PassedText.BytesOf(data, "\"text\":"u8) is > 0 and var text ? text
            : PassedText.BytesOf(data, "\"refusal\":"u8);
        estimator.AddSpoken(spoken);
        if (spoken == 0)
        {
            estimator.AddThought(PassedText.BytesOf(data, "\"reasoning_content\":"u8) is > 0 and var thought
                ? thought
                : PassedText.BytesOf(data, "\"reasoning\":"u8));
        }
    }
}
