using System.Globalization;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Writes parts of a request (https://ai.google.dev/api/caching#Part).</summary>
internal sealed class GoogleGeminiRequestPartWriter(
    Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
{
    private readonly bool _own = GoogleGeminiRequestEncoder.IsOwn(request);

    /// <param name="signature">The signature that the part carries; null for none.</param>
    public void Write(ContentPart part, string? signature = null)
    {
        switch (part)
        {
            case OpaquePart opaque:
                // Whole as it came, its own signature included.
                writer.WriteOnOneLine(opaque.Json);
                return;
            case GoogleGeminiResult answered:
                WriteResult(answered.Function, answered.Result);
                return;
        }

        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("text"u8, text.Text);
                break;
            case ImagePart image:
                GoogleGeminiMediaWriter.Write(writer, image.Source, "image/jpeg", Own(part));
                break;
            case AudioPart audio:
                GoogleGeminiMediaWriter.Write(writer, audio.Source, "audio/wav", Own(part));
                break;
            case FilePart file:
                GoogleGeminiMediaWriter.Write(writer, file.Source, null, Own(part));
                break;
            case ToolCallPart call:
                writer.WriteStartObject("functionCall"u8);
                writer.WriteString("id"u8, call.CallId);
                writer.WriteString("name"u8, context.ToolNames.For(call.Name));
                CallArguments.Write(writer, "args"u8, call);
                writer.WriteEndObject();
                break;
        }

        if (signature is not null)
        {
            writer.WriteString("thoughtSignature"u8, signature);
        }

        writer.WriteFields(Own(part));
        writer.WriteEndObject();
    }

    /// <summary>What only Gemini's clients say of a part.</summary>
    private IReadOnlyList<Extension> Own(ContentPart part) => _own ? part.Extensions : [];

    /// <summary>
    /// What a function gave is its <c>output</c>, why it gave nothing its <c>error</c>
    /// (https://ai.google.dev/api/caching#FunctionResponse). Pictures go with it where the model takes them there, else
    /// behind it in the same turn.
    /// </summary>
    private void WriteResult(string function, ToolResultPart result)
    {
        ContentPart[] media = [.. result.Parts.Where(part => part is not TextPart)];
        bool isInside = context.Traits.MediaInResults && media.All(part => Source(part) is { Base64: not null });
        writer.WriteStartObject();
        writer.WriteStartObject("functionResponse"u8);
        writer.WriteString("id"u8, result.CallId);
        writer.WriteString("name"u8, context.ToolNames.For(function));
        WriteResponse(result, isInside);
        if (isInside && media.Length > 0)
        {
            writer.WriteStartArray("parts"u8);
            Array.ForEach(media, part => Write(part));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        for (int i = 0; i < media.Length && !isInside; i++)
        {
            Write(new TextPart($"[{Place(result, i)}]"));
            Write(media[i]);
        }
    }

    private void WriteResponse(ToolResultPart result, bool isInside)
    {
        string text = TextOf(result, isInside);
        if (_own && !result.IsError && IsObject(text))
        {
            // Gemini's own clients answer with an object of their own making.
            writer.WritePropertyName("response"u8);
            writer.WriteOnOneLine(Encoding.UTF8.GetBytes(text));
            return;
        }

        writer.WriteStartObject("response"u8);
        writer.WriteString(result.IsError ? "error"u8 : "output"u8, text);
        writer.WriteEndObject();
    }

    private static string TextOf(ToolResultPart result, bool isInside)
    {
        var lines = new List<string>();
        int media = 0;
        foreach (ContentPart part in result.Parts)
        {
            if (part is TextPart text)
            {
                lines.Add(text.Text);
            }
            else if (!isInside)
            {
                lines.Add($"[{Place(result, media++)} follows]");
            }
        }

        return string.Join("\n", lines);
    }

    private static string Place(ToolResultPart result, int media) =>
        string.Create(CultureInfo.InvariantCulture, $"attachment {media + 1} of the tool call {result.CallId}");

    private static MediaSource? Source(ContentPart part) => part switch
    {
        ImagePart image => image.Source,
        AudioPart audio => audio.Source,
        FilePart file => file.Source,
        _ => null,
    };

    private static bool IsObject(string text)
    {
        if (!text.StartsWith('{'))
        {
            return false;
        }

        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            // Words that begin like an object.
            return false;
        }
    }
}
