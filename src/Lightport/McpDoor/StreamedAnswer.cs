using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Transport.Framing;

namespace Lightport.McpDoor;

/// <summary>
/// A chat completion's answer as it comes: its text is told on as progress, each piece once and in order, as fast as
/// the client takes it; the whole is put together.
/// </summary>
internal sealed class StreamedAnswer(ProgressTeller progress) : IDisposable
{
    public const string Unreadable = "The model's answer cannot be understood. Ask again, or another model.";

    private readonly SseFrameReader _reader = new();
    private readonly StringBuilder _text = new();
    private int _told;

    public string Text => _text.ToString();

    public int Length => _text.Length;

    /// <summary>Null until the answer has ended.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>As it is told to clients that ask for it; null where it is not known.</summary>
    public JsonObject? Usage { get; private set; }

    /// <summary>What went wrong after the answer began; null for nothing.</summary>
    public string? Error { get; private set; }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_reader.GetMemory(bytes.Length).Span);
        _reader.Advance(bytes.Length);
        while (_reader.TryRead(out Frame frame))
        {
            if (frame.Data is [(byte)'{', ..])
            {
                TryTake(frame.Data);
            }
        }

        if (_told < _text.Length && progress.TryTell(_text.ToString(_told, _text.Length - _told)))
        {
            _told = _text.Length;
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>What the framework throws where JSON is not what was expected, or a text is no Unicode.</summary>
    public static bool IsOfReading(Exception e) =>
        e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException;

    /// <summary>A provider's chunk may be passed on as it wrote it.</summary>
    private void TryTake(ReadOnlySpan<byte> chunk)
    {
        try
        {
            Take(JsonElement.Parse(chunk));
        }
        catch (Exception e) when (IsOfReading(e))
        {
            Error ??= Unreadable;
        }
    }

    private void Take(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out JsonElement error))
        {
            Error = error.GetProperty("message").GetString();
        }

        if (chunk.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object)
        {
            Usage = JsonObject.Create(usage);
        }

        if (chunk.TryGetProperty("choices", out JsonElement choices)
            && choices.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } choice)
        {
            JsonElement delta = choice.GetProperty("delta");
            _text.Append(TextOf(delta, "content") ?? TextOf(delta, "refusal"));
            FinishReason = TextOf(choice, "finish_reason") ?? FinishReason;
        }
    }

    private static string? TextOf(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
