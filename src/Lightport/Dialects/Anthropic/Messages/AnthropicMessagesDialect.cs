using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Anthropic Messages (https://platform.claude.com/docs/en/api/messages).</summary>
internal static class AnthropicMessagesDialect
{
    public static DialectOperation Chat { get; } = new(DialectIds.AnthropicMessages, Operation.Chat)
    {
        Reads = [StateFormats.Anthropic],
        Served = new AnthropicMessagesServed(),
        Spoken = new AnthropicMessagesSpoken(),
        Passed = new AnthropicMessagesPassed(),
    };

    public static DialectOperation TokenCount { get; } = new(DialectIds.AnthropicMessages, Operation.TokenCount)
    {
        Endpoint = "anthropic-count-tokens",
        Served = new AnthropicMessagesCountServed(),
        Spoken = new AnthropicMessagesCountSpoken(),
        Passed = new AnthropicMessagesCountPassed(),
    };
}
