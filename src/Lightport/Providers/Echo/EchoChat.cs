using System.Buffers;
using System.Text.Json;
using Lightport.Transport.Framing;

namespace Lightport.Providers.Echo;

/// <summary>Echo's chat completions, unary and streamed.</summary>
internal static class EchoChat
{
    private const string Id = "chatcmpl-echo";

    public static EchoResponse Answer(JsonElement body)
    {
        EchoReply reply = EchoReply.To(body);
        bool stream = body.TryGetProperty("stream", out JsonElement value) && value.ValueKind == JsonValueKind.True;
        return stream ? Stream(reply, body) : EchoResponse.Json(200, writer => WriteWhole(writer, reply));
    }

    private static void WriteWhole(Utf8JsonWriter writer, EchoReply reply)
    {
        writer.WriteStartObject();
        WriteHead(writer, "chat.completion");
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        if (reply.Tool is null)
        {
            writer.WriteString("content", reply.Text);
        }
        else
        {
            writer.WriteNull("content");
            WriteCall(writer, reply, streamed: false);
        }

        writer.WriteEndObject();
        writer.WriteString("finish_reason", reply.FinishReason);
        writer.WriteEndObject();
        writer.WriteEndArray();
        WriteUsage(writer, reply);
        writer.WriteEndObject();
    }

    private static EchoResponse Stream(EchoReply reply, JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var frames = new SseFrameWriter();
        void Chunk(Action<Utf8JsonWriter>? delta, string? finish)
        {
            Utf8JsonWriter writer = frames.Begin(default, buffer);
            writer.WriteStartObject();
            WriteHead(writer, "chat.completion.chunk");
            writer.WriteStartArray("choices");
            writer.WriteStartObject();
            writer.WriteNumber("index", 0);
            writer.WriteStartObject("delta");
            delta?.Invoke(writer);
            writer.WriteEndObject();
            writer.WriteString("finish_reason", finish);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            frames.End(buffer);
        }

        Chunk(writer => writer.WriteString("role", "assistant"), null);
        if (reply.Tool is not null)
        {
            Chunk(writer => WriteCall(writer, reply, streamed: true), null);
        }

        foreach (string word in reply.Words)
        {
            Chunk(writer => writer.WriteString("content", word), null);
        }

        Chunk(null, reply.FinishReason);
        if (WantsUsage(body))
        {
            Utf8JsonWriter writer = frames.Begin(default, buffer);
            writer.WriteStartObject();
            WriteHead(writer, "chat.completion.chunk");
            writer.WriteStartArray("choices");
            writer.WriteEndArray();
            WriteUsage(writer, reply);
            writer.WriteEndObject();
            frames.End(buffer);
        }

        buffer.Write("data: [DONE]\n\n"u8);
        return new EchoResponse(200, "text/event-stream", buffer.WrittenMemory);
    }

    private static void WriteHead(Utf8JsonWriter writer, string kind)
    {
        writer.WriteString("id", Id);
        writer.WriteString("object", kind);
        writer.WriteNumber("created", 1);
        writer.WriteString("model", "echo");
    }

    private static void WriteCall(Utf8JsonWriter writer, EchoReply reply, bool streamed)
    {
        writer.WriteStartArray("tool_calls");
        writer.WriteStartObject();
        if (streamed)
        {
            writer.WriteNumber("index", 0);
        }

        writer.WriteString("id", "call_echo");
        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        writer.WriteString("name", reply.Tool);
        writer.WriteString("arguments", reply.Arguments);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter writer, EchoReply reply)
    {
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", reply.PromptWords);
        writer.WriteNumber("completion_tokens", reply.AnswerWords);
        writer.WriteNumber("total_tokens", reply.PromptWords + reply.AnswerWords);
        writer.WriteEndObject();
    }

    private static bool WantsUsage(JsonElement body) =>
        body.TryGetProperty("stream_options", out JsonElement options)
        && options.ValueKind == JsonValueKind.Object
        && options.TryGetProperty("include_usage", out JsonElement include)
        && include.ValueKind == JsonValueKind.True;
}
