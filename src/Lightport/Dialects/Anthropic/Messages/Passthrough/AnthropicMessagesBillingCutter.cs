using System.Buffers;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Takes Claude Code's billing line out of a request that is passed on to another than Anthropic.</summary>
internal static class AnthropicMessagesBillingCutter
{
    /// <summary>The line begins the first block; a prompt that only speaks of it further on is left alone.</summary>
    private const int Furthest = 128;

    /// <param name="system">The system prompt, as JSON.</param>
    /// <returns>False where the line is not in it, and nothing was changed.</returns>
    public static bool Cut(ReadOnlySpan<byte> system, BodyPatch patch)
    {
        if (system[..Math.Min(Furthest, system.Length)].IndexOf("x-anthropic-billing-header:"u8) < 0)
        {
            return false;
        }

        JsonElement prompt = JsonElement.Parse(system);
        var kept = new ArrayBufferWriter<byte>(system.Length);
        using var writer = new Utf8JsonWriter(kept, JsonSettings.Writing);
        (bool isCut, bool isEmpty) = prompt.ValueKind switch
        {
            JsonValueKind.String => WriteText(writer, prompt.Text()),
            JsonValueKind.Array => WriteBlocks(writer, prompt),
            _ => (false, false),
        };
        writer.Flush();
        if (isCut && isEmpty)
        {
            patch.Remove("system");
        }
        else if (isCut)
        {
            patch.Set("system", kept.WrittenSpan);
        }

        return isCut;
    }

    private static (bool IsCut, bool IsEmpty) WriteText(Utf8JsonWriter writer, string prompt)
    {
        string? rest = AnthropicMessagesBilling.After(prompt);
        writer.WriteStringValue(rest);
        return (rest is not null, rest is { Length: 0 });
    }

    private static (bool IsCut, bool IsEmpty) WriteBlocks(Utf8JsonWriter writer, JsonElement prompt)
    {
        (bool isCut, bool isEmpty) = (false, true);
        writer.WriteStartArray();
        foreach (JsonElement block in prompt.EnumerateArray())
        {
            string? rest = block.TextOf("text") is { } text ? AnthropicMessagesBilling.After(text) : null;
            isCut |= rest is not null;
            isEmpty &= rest is { Length: 0 };
            if (rest is null)
            {
                writer.WriteOnOneLine(block);
            }
            else if (rest.Length > 0)
            {
                WriteBlock(writer, block, rest);
            }
        }

        writer.WriteEndArray();
        return (isCut, isEmpty);
    }

    private static void WriteBlock(Utf8JsonWriter writer, JsonElement block, string text)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in block.EnumerateObject())
        {
            string name = LenientText.Name(property);
            writer.WritePropertyName(name);
            if (name == "text")
            {
                writer.WriteStringValue(text);
            }
            else
            {
                writer.WriteOnOneLine(property.Value);
            }
        }

        writer.WriteEndObject();
    }
}
