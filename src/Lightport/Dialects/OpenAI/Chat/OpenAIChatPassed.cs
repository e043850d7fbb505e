using System.Buffers;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Chat between a client and a provider that both speak it.</summary>
internal sealed class OpenAIChatPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context)
    {
        OpenAIChatPassing options = Options(request.Json, context);
        var patch = new BodyPatch(request.Json);
        AskForUsage(request.Json, options, patch);
        OpenAIChatHistory.Patch(request.Json, context.Traits.ReasoningField, patch);
        return new OpenAIChatCall(PassedBody.Of(patch, context))
        {
            Passing = options,
            Reading = AnswerReading.AsItIs,
        };
    }

    internal static OpenAIChatPassing Options(JsonEnvelope request, CallContext context)
    {
        bool wantsUsage = WantsUsage(request);
        return new OpenAIChatPassing
        {
            Exact = context.Exact,
            Stream = context.Stream,
            IncludeUsage = wantsUsage,
            CanIncludeUsage = context.Traits.StreamUsage,
            Response = context.Answer,
        };
    }

    /// <summary>
    /// Usage is always read, so a stream is asked for it even where the client does not want to see it.
    /// </summary>
    internal static void AskForUsage(JsonEnvelope request, OpenAIChatPassing options, BodyPatch patch)
    {
        if (!options.Stream || !options.CanIncludeUsage || options.IncludeUsage)
        {
            return;
        }

        if (!request.TryGet("stream_options", out JsonField field) || field.Type != JsonTokenType.StartObject)
        {
            patch.Set("stream_options", """{"include_usage":true}"""u8);
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing);
        writer.WriteStartObject();
        foreach (JsonProperty option in JsonElement.Parse(request.Value(field)).EnumerateObject())
        {
            string name = LenientText.Name(option);
            if (name != "include_usage")
            {
                writer.WritePropertyName(name);
                writer.WriteMended(option.Value);
            }
        }

        writer.WriteBoolean("include_usage"u8, true);
        writer.WriteEndObject();
        writer.Flush();
        patch.Set("stream_options", buffer.WrittenSpan);
    }

    internal static bool WantsUsage(JsonEnvelope request) =>
        request.TryGet("stream_options", out JsonField field)
        && field.Type == JsonTokenType.StartObject
        && LenientText.TryGetProperty(
            JsonElement.Parse(request.Value(field)), "include_usage", out JsonElement include)
        && include.ValueKind == JsonValueKind.True;
}
