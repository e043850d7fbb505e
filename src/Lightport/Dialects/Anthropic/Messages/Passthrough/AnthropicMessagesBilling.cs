using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Takes Claude Code's billing line out of a request that is passed on to another than Anthropic.</summary>
internal static class AnthropicMessagesBilling
{
    /// <summary>The line begins the first block; a prompt that only speaks of it further on is left alone.</summary>
    private const int Furthest = 128;

    public static bool IsIn(ReadOnlySpan<byte> system) =>
        system[..Math.Min(Furthest, system.Length)].IndexOf("x-anthropic-billing-header:"u8) >= 0;

    public static void Cut(ReadOnlySpan<byte> system, BodyPatch patch)
    {
        List<ContentPart> blocks = AnthropicMessagesBlockDecoder.DecodeContent(
            JsonElement.Parse(system), "system", new RequestTally(CancellationToken.None));
        IReadOnlyList<Message> kept = ClaudeCodeBilling.Without([new Message(Role.System, blocks)]);
        if (kept.Count == 0)
        {
            patch.Remove("system");
            return;
        }

        var rest = new ArrayBufferWriter<byte>(system.Length);
        using (var writer = new Utf8JsonWriter(rest, JsonSettings.Writing))
        {
            var parts = new AnthropicMessagesBlockWriter(writer, new AnthropicMessagesCallIds(), ToolNames.Unchanged);
            writer.WriteStartArray();
            foreach (ContentPart part in kept[0].Parts)
            {
                parts.Write(part);
            }

            writer.WriteEndArray();
        }

        patch.Set("system", rest.WrittenSpan);
    }
}
