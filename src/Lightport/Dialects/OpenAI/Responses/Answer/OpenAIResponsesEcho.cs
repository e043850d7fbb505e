using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What an answer repeats of its request: each field as the client said it, or what it means unsaid.</summary>
/// <param name="body">The request.</param>
/// <param name="continues">The kept answer that it goes on from, which its body does not name any more.</param>
internal sealed class OpenAIResponsesEcho(JsonEnvelope body, string? continues = null)
{
    private const string Previous = "previous_response_id";

    /// <summary>A longer field is not repeated, in bytes: each answer is told of its request three times.</summary>
    private const int Longest = 1_048_576;

    private static readonly (string Name, byte[] Unsaid)[] Fields =
    [
        ("frequency_penalty", "0"u8.ToArray()),
        ("instructions", "null"u8.ToArray()),
        ("max_output_tokens", "null"u8.ToArray()),
        ("max_tool_calls", "null"u8.ToArray()),
        ("parallel_tool_calls", "true"u8.ToArray()),
        ("presence_penalty", "0"u8.ToArray()),
        (Previous, "null"u8.ToArray()),
        ("prompt_cache_key", "null"u8.ToArray()),
        ("reasoning", """{"effort":null,"summary":null}"""u8.ToArray()),
        ("safety_identifier", "null"u8.ToArray()),
        ("temperature", "1"u8.ToArray()),
        ("text", """{"format":{"type":"text"}}"""u8.ToArray()),
        ("tool_choice", "\"auto\""u8.ToArray()),
        ("top_logprobs", "0"u8.ToArray()),
        ("top_p", "1"u8.ToArray()),
        ("truncation", "\"disabled\""u8.ToArray()),
        ("metadata", "{}"u8.ToArray()),
    ];

    private byte[]? _tools;

    /// <summary>Unsaid, an answer is kept.</summary>
    public bool WantsToBeKept => body.GetBoolean("store") != false;

    /// <summary>All that was asked, a JSON array.</summary>
    public string Items => OpenAIResponsesContinuation.ItemsOf(body);

    public void Write(Utf8JsonWriter writer)
    {
        foreach ((string name, byte[] unsaid) in Fields)
        {
            writer.WritePropertyName(name);
            if (name == Previous && continues is not null)
            {
                writer.WriteStringValue(continues);
            }
            else if (Said(name) is { Length: > 0 } said)
            {
                writer.WriteOnOneLine(said);
            }
            else
            {
                writer.WriteRawValue(unsaid, skipInputValidation: true);
            }
        }

        if (Said("user") is { Length: > 0 } user)
        {
            writer.WritePropertyName("user"u8);
            writer.WriteOnOneLine(user);
        }

        writer.WritePropertyName("tools"u8);
        writer.WriteRawValue(_tools ??= OpenAIResponsesEchoedTools.Of(Said("tools")), skipInputValidation: true);
    }

    private ReadOnlySpan<byte> Said(string name) =>
        body.TryGet(name, out JsonField field) && field.Type != JsonTokenType.Null
        && body.Value(field) is { Length: <= Longest } said
            ? said
            : default;
}
