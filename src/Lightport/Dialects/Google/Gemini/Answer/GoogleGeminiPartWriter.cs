using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Writes the parts of one candidate (https://ai.google.dev/api/caching#Part). What a provider wants back with thinking
/// that is not shown rides on the part after it, as Gemini's own does.
/// </summary>
internal sealed class GoogleGeminiPartWriter(AnswerContext context)
{
    private OpaqueState? _held;

    /// <summary>A state waits for a part to ride on.</summary>
    public bool HoldsState => _held is not null;

    /// <summary>The candidate has a part.</summary>
    public bool HasWritten { get; private set; }

    public void WriteText(Utf8JsonWriter writer, string text, OpaqueState? state)
    {
        OpaqueState? carried = Carried(writer, state);
        writer.WriteStartObject();
        writer.WriteString("text"u8, text);
        End(writer, carried);
    }

    /// <summary>Writes thinking, where the client asked to see it.</summary>
    public void WriteThought(Utf8JsonWriter writer, string text, OpaqueState? state)
    {
        if (!context.OmitReasoning)
        {
            WriteThoughtPart(writer, text, state);
        }
        else if (state is not null)
        {
            // Two states without a part between: a part carries one.
            WriteHeld(writer);
            _held = state;
        }
    }

    /// <summary>Keeps the state of thinking that is not shown for the next part.</summary>
    public void Hold(OpaqueState state) => _held = state;

    public void WriteCall(Utf8JsonWriter writer, ToolCallPart call)
    {
        OpaqueState? carried = Carried(writer, call.State);
        writer.WriteStartObject();
        writer.WriteStartObject("functionCall"u8);
        if (call.CallId.Length > 0)
        {
            writer.WriteString("id"u8, call.CallId);
        }

        writer.WriteString("name"u8, call.Name);
        CallArguments.Write(writer, "args"u8, call);
        writer.WriteEndObject();
        End(writer, carried);
    }

    public void WriteMedia(Utf8JsonWriter writer, MediaSource source, string fallbackType, OpaqueState? state)
    {
        OpaqueState? carried = Carried(writer, state);
        writer.WriteStartObject();
        writer.WriteStartObject(source.Url is null ? "inlineData"u8 : "fileData"u8);
        writer.WriteString("mimeType"u8, source.MediaType ?? fallbackType);
        if (source.Url is { } url)
        {
            writer.WriteString("fileUri"u8, url);
        }
        else
        {
            writer.WriteString("data"u8, source.Base64 ?? "");
        }

        writer.WriteEndObject();
        End(writer, carried);
    }

    /// <summary>Writes a sound, and its words as text behind it.</summary>
    public void WriteAudio(Utf8JsonWriter writer, AudioPart audio, GoogleGeminiGroundingWriter grounding)
    {
        if (audio.Source is { Base64.Length: > 0 } or { Url: not null })
        {
            WriteMedia(writer, audio.Source, "audio/wav", audio.State);
        }

        if (audio.Transcript is { } words)
        {
            grounding.Tell(words);
            grounding.EndPart();
            WriteText(writer, words, state: null);
        }
    }

    /// <summary>Writes a part of Gemini's own, as it came.</summary>
    public void WriteWhole(Utf8JsonWriter writer, OpaquePart part)
    {
        WriteHeld(writer);
        writer.WriteOnOneLine(part.Json);
        HasWritten = true;
    }

    private OpaqueState? Carried(Utf8JsonWriter writer, OpaqueState? own)
    {
        if (own is not null)
        {
            WriteHeld(writer);
            return own;
        }

        (OpaqueState? held, _held) = (_held, null);
        return held;
    }

    private void WriteHeld(Utf8JsonWriter writer)
    {
        if (_held is { } held)
        {
            _held = null;
            WriteThoughtPart(writer, "", held);
        }
    }

    private void WriteThoughtPart(Utf8JsonWriter writer, string text, OpaqueState? state)
    {
        writer.WriteStartObject();
        writer.WriteString("text"u8, text);
        writer.WriteBoolean("thought"u8, true);
        End(writer, state);
    }

    private void End(Utf8JsonWriter writer, OpaqueState? state)
    {
        HasWritten = true;
        if (state is not null)
        {
            writer.WriteString("thoughtSignature"u8, GoogleGeminiSignature.Write(state));
        }

        writer.WriteEndObject();
    }
}
