using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;

namespace Lightport.Tests.Laws.Reading;

/// <summary>The small readings that both wires need.</summary>
internal static class Words
{
    /// <summary>A field's text; null where it is absent, empty or no string.</summary>
    public static string? Text(this JsonNode? owner, string name) =>
        owner is JsonObject fields && fields[name] is JsonValue value && value.TryGetValue(out string? text)
            && text.Length > 0 ? text : null;

    public static IEnumerable<JsonObject> Items(this JsonNode? owner, string name) =>
        owner is JsonObject fields && fields[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    /// <summary>A provider's state as it made it, out of the envelope that it may travel in.</summary>
    public static string? State(string? slot)
    {
        if (slot is null || !OpaqueState.IsEnvelope(Encoding.UTF8.GetBytes(slot)))
        {
            return slot;
        }

        string data = slot.Split('.')[^1].Replace('-', '+').Replace('_', '/');
        byte[] bytes = Convert.FromBase64String(data.PadRight((data.Length + 3) / 4 * 4, '='));
        return bytes.Length == 0 ? null : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The same out of an item that may hold another's state, whose call stands behind it.</summary>
    public static string? StateOfItem(string? slot) =>
        State(slot?.LastIndexOf(".p.", StringComparison.Ordinal) is { } end and > 0 ? slot[..end] : slot);

    /// <summary>The same out of a slot of bytes, which holds an envelope as base64.</summary>
    public static string? Signature(string? slot)
    {
        byte[] bytes = new byte[slot?.Length ?? 0];
        return Convert.TryFromBase64String(slot ?? "", bytes, out int length) && OpaqueState.IsEnvelope(bytes.AsSpan(0, length))
            ? State(Encoding.UTF8.GetString(bytes, 0, length))
            : slot;
    }

    /// <summary>A call's id as its provider made it, out of the one that Anthropic's clients are told.</summary>
    public static string? CallId(string? told)
    {
        const string Mark = "lpcall_";
        return told?.StartsWith(Mark, StringComparison.Ordinal) != true ? told : Encoding.UTF8.GetString(
            System.Buffers.Text.Base64Url.DecodeFromChars(told.AsSpan(Mark.Length)));
    }

    /// <summary>Arguments in one form, where they are JSON; a call without any has none.</summary>
    public static string Arguments(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? "{}" : JsonNode.Parse(text)?.ToJsonString() ?? "{}";
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    /// <summary>Chat's word for a provider's, whichever wire that is on.</summary>
    public static string Finish(string? word, bool hasCalls) => word?.ToLowerInvariant() switch
    {
        "length" or "max_tokens" or "model_length" or "model_context_window_exceeded" => "length",
        "tool_calls" or "tool_use" or "function_call" => "tool_calls",
        "content_filter" or "refusal" or "safety" or "recitation" or "blocklist" or "prohibited_content" or "spii"
            or "model_armor" => "content_filter",
        _ => hasCalls ? "tool_calls" : "stop",
    };
}
