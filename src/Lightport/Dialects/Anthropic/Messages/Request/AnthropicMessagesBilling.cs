using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The line that Claude Code writes at the top of its system prompt for Anthropic's accounts
/// (<c>x-anthropic-billing-header: cc_version=…; cch=…;</c>). It says nothing to a model, and as it changes with every
/// request no other provider could ever read its prompt cache: it goes to Anthropic alone.
/// </summary>
internal static class AnthropicMessagesBilling
{
    /// <summary>What it is reported as where it is left out.</summary>
    public const string Name = "x-anthropic-billing-header";

    /// <summary>Makes the line of a system turn a part of its own, which only this dialect can say.</summary>
    public static void SetApart(List<ContentPart> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not TextPart text || After(text.Text) is not { } rest)
            {
                continue;
            }

            TextPart line = rest.Length == 0 ? text : new TextPart(text.Text[..^rest.Length].Trim());
            parts[i] = new OpaquePart(DialectIds.AnthropicMessages, Name, Block(line)) { IsAside = true };
            if (rest.Length > 0)
            {
                parts.Insert(++i, text with { Text = rest });
            }
        }
    }

    /// <summary>What follows the line that a text begins with; null where it begins with none.</summary>
    public static string? After(string text)
    {
        ReadOnlySpan<char> line = text.AsSpan().TrimStart();
        if (!line.StartsWith(Name, StringComparison.Ordinal) || !line[Name.Length..].StartsWith(':'))
        {
            return null;
        }

        int end = line.IndexOf('\n');
        return end < 0 ? "" : line[end..].TrimStart().ToString();
    }

    private static JsonElement Block(TextPart line)
    {
        var block = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(block, JsonSettings.Writing))
        {
            new AnthropicMessagesBlockWriter(writer, ToolNames.Unchanged).Write(line);
        }

        return JsonElement.Parse(block.WrittenSpan);
    }
}
