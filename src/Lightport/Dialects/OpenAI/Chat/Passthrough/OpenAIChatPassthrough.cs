using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Chat between a client and a provider that both speak it.</summary>
public sealed class OpenAIChatPassthrough : IPassthrough
{
    public string Dialect => DialectIds.OpenAIChat;

    public IReadOnlyDictionary<string, string> DefaultHeaders { get; } = new Dictionary<string, string>();

    public bool AsksForUsage(JsonEnvelope request) => WantsUsage(request);

    public void PatchRequest(JsonEnvelope request, PassthroughOptions options, BodyPatch patch)
    {
        AskForUsage(request, options, patch);
        OpenAIChatHistory.Patch(request, options.ReasoningField, patch);
    }

    public PassthroughBody ReadBody(ReadOnlyMemory<byte> body, PassthroughOptions options) =>
        OpenAIChatBodyReader.Read(body, options, OpenAIChatAnswerShape.Chat);

    public IAnswerRelay CreateRelay(PassthroughOptions options) =>
        new OpenAIChatRelay(options, OpenAIChatAnswerShape.Chat);

    public GatewayError ReadError(int status, ReadOnlySpan<byte> body) => OpenAIChatErrorReader.Read(status, body);

    internal static bool WantsUsage(JsonEnvelope request) =>
        request.TryGet("stream_options", out JsonField field)
        && field.Type == JsonTokenType.StartObject
        && LenientText.TryGetProperty(
            JsonElement.Parse(request.Value(field)), "include_usage", out JsonElement include)
        && include.ValueKind == JsonValueKind.True;

    /// <summary>
    /// Usage is always read, so a stream is asked for it even where the client does not want to see it.
    /// </summary>
    internal static void AskForUsage(JsonEnvelope request, PassthroughOptions options, BodyPatch patch)
    {
        if (!options.Stream || !options.CanIncludeUsage || options.IncludeUsage)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing);
        writer.WriteStartObject();
        if (request.TryGet("stream_options", out JsonField field) && field.Type == JsonTokenType.StartObject)
        {
            foreach (JsonProperty option in JsonElement.Parse(request.Value(field)).EnumerateObject())
            {
                string name = LenientText.Name(option);
                if (name != "include_usage")
                {
                    writer.WritePropertyName(name);
                    writer.WriteMended(option.Value);
                }
            }
        }

        writer.WriteBoolean("include_usage"u8, true);
        writer.WriteEndObject();
        writer.Flush();
        patch.Set("stream_options", buffer.WrittenSpan);
    }
}
