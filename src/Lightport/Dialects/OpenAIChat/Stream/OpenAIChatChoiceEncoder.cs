using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>Writes the chunks of one choice.</summary>
internal sealed class OpenAIChatChoiceEncoder(OpenAIChatStreamEncoder stream, int index)
{
    /// <summary>
    /// Calls that have had no arguments yet: clients parse what they joined, and an empty text is no JSON.
    /// </summary>
    private readonly HashSet<int> _withoutArguments = [];
    private readonly HashSet<int> _customCalls = [];
    /// <summary>Arguments of functions that stand in for custom tools: their text is taken out when whole.</summary>
    private readonly SortedDictionary<int, StringBuilder> _standIns = [];

    private StringBuilder? _thought;
    private int _details;
    private bool _hasRole;
    private bool _finished;

    private static ReadOnlySpan<byte> Unfinished => ",\"logprobs\":null,\"finish_reason\":null"u8;

    public int Index { get; } = index;

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        switch (streamEvent)
        {
            case StreamEvent.TextDelta text:
                WriteText("content"u8, text.Text, output);
                break;
            case StreamEvent.ReasoningDelta reasoning:
                WriteThought(reasoning.Text, output);
                break;
            case StreamEvent.RefusalDelta refusal:
                WriteText("refusal"u8, refusal.Text, output);
                break;
            case StreamEvent.ReasoningSealed sealing:
                WriteState(sealing.State, output);
                break;
            case StreamEvent.ToolCallStart call:
                WriteCall(call, output);
                break;
            case StreamEvent.ToolCallDelta delta when _standIns.TryGetValue(delta.Index, out StringBuilder? held):
                held.Append(delta.Arguments);
                break;
            case StreamEvent.ToolCallEnd end when _standIns.Remove(end.Index, out StringBuilder? held):
                WriteArguments(end.Index, OpenAIChatCustomCalls.Text(held.ToString()), output);
                break;
            case StreamEvent.ToolCallDelta delta:
                WriteArguments(delta.Index, delta.Arguments, output);
                break;
            case StreamEvent.ToolCallEnd end when _withoutArguments.Contains(end.Index):
                WriteArguments(end.Index, "{}", output);
                break;
            case StreamEvent.CitationAdded citation when OpenAIChatCitations.CanWrite(citation.Citation):
                WriteCitation(citation.Citation, output);
                break;
            case StreamEvent.LogprobsDelta logprobs:
                WriteLogprobs(logprobs.Content, output);
                break;
            case StreamEvent.AudioDelta audio:
                WriteAudio(audio, output);
                break;
            case StreamEvent.PartEnd:
                _thought?.Clear();
                break;
            case StreamEvent.ResponseEnd end:
                Finish(end.Finish, output);
                break;
        }
    }

    /// <summary>The stream ended well: a choice that nobody ended is ended.</summary>
    public void Complete(IBufferWriter<byte> output) => Finish(new Finish(FinishReason.Stop), output);

    private Utf8JsonWriter Begin(bool hasContent, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = stream.Begin(Index, output);
        if (!_hasRole)
        {
            _hasRole = true;
            writer.WriteString("role"u8, "assistant"u8);
            if (!hasContent)
            {
                writer.WriteNull("content"u8);
            }
        }

        return writer;
    }

    private void WriteText(ReadOnlySpan<byte> name, string text, IBufferWriter<byte> output)
    {
        _thought?.Clear();
        Begin(name.SequenceEqual("content"u8), output).WriteString(name, text);
        stream.End(Unfinished, output);
    }

    private void WriteThought(string text, IBufferWriter<byte> output)
    {
        if (!stream.OmitReasoning)
        {
            (_thought ??= new StringBuilder()).Append(text);
            Begin(hasContent: false, output).WriteString("reasoning_content"u8, text);
            stream.End(Unfinished, output);
        }
    }

    /// <summary>
    /// The state comes with the whole thought it belongs to, as a client must send both back together.
    /// </summary>
    private void WriteState(OpaqueState state, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = Begin(hasContent: false, output);
        writer.WriteStartArray("reasoning_details"u8);
        OpenAIChatReasoningWriter.WriteDetail(writer, _thought?.ToString() ?? "", state, ref _details);
        writer.WriteEndArray();
        stream.End(Unfinished, output);
        _thought?.Clear();
    }

    private void WriteCall(StreamEvent.ToolCallStart call, IBufferWriter<byte> output)
    {
        _thought?.Clear();
        bool standsIn = OpenAIChatCustomCalls.StandsIn(call.Kind, call.Name, stream.CustomTools);
        if (standsIn)
        {
            _standIns.Add(call.Index, new StringBuilder());
        }

        bool custom = standsIn || call.Kind == ToolKind.Custom;
        (custom ? _customCalls : _withoutArguments).Add(call.Index);
        Utf8JsonWriter writer = Begin(hasContent: false, output);
        writer.WriteStartArray("tool_calls"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, call.Index);
        writer.WriteString("id"u8, call.Id);
        writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
        writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
        writer.WriteString("name"u8, call.Name);
        writer.WriteString(custom ? "input"u8 : "arguments"u8, ""u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (call.State is { } state)
        {
            writer.WriteStartArray("reasoning_details"u8);
            OpenAIChatReasoningWriter.WriteEncrypted(writer, state, _details++, call.Id);
            writer.WriteEndArray();
        }

        stream.End(Unfinished, output);
    }

    private void WriteArguments(int call, string arguments, IBufferWriter<byte> output)
    {
        _withoutArguments.Remove(call);
        bool custom = _customCalls.Contains(call);
        Utf8JsonWriter writer = Begin(hasContent: false, output);
        writer.WriteStartArray("tool_calls"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, call);
        writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
        writer.WriteString(custom ? "input"u8 : "arguments"u8, arguments);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        stream.End(Unfinished, output);
    }

    private void WriteCitation(Citation citation, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = Begin(hasContent: false, output);
        writer.WriteStartArray("annotations"u8);
        OpenAIChatCitations.Write(writer, citation);
        writer.WriteEndArray();
        stream.End(Unfinished, output);
    }

    private void WriteAudio(StreamEvent.AudioDelta audio, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = Begin(hasContent: false, output);
        OpenAIChatAudio.Write(writer, audio);
        stream.End(Unfinished, output);
    }

    private void WriteLogprobs(JsonElement logprobs, IBufferWriter<byte> output)
    {
        Begin(hasContent: false, output);
        stream.End([.. ",\"logprobs\":"u8, .. Raw(logprobs), .. ",\"finish_reason\":null"u8], output);
    }

    private void Finish(Finish finish, IBufferWriter<byte> output)
    {
        if (_finished)
        {
            return;
        }

        foreach (int call in _withoutArguments.Order().ToArray())
        {
            WriteArguments(call, "{}", output);
        }

        foreach ((int call, StringBuilder held) in _standIns)
        {
            WriteArguments(call, OpenAIChatCustomCalls.Text(held.ToString()), output);
        }

        _finished = true;
        Begin(hasContent: false, output);
        var rest = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(rest, OpenAIChatWire.Writing);
        writer.WriteStartObject();
        OpenAIChatFinish.Write(writer, finish);
        writer.Flush();
        stream.End([.. ",\"logprobs\":null,"u8, .. rest.WrittenSpan[1..]], output);
    }

    private static byte[] Raw(JsonElement value) => Encoding.UTF8.GetBytes(value.GetRawText());
}
