using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Writes blocks one after another, each with its start, its deltas, its stop and its own index.</summary>
internal sealed class AnthropicMessagesBlockStream(AnswerContext context)
{
    private readonly SseFrameWriter _frames = new();
    private readonly AnthropicMessagesMcpBlocks _runs = new(context);
    private Kind _open;
    private ContentPart? _part;
    private int _index = -1;

    private enum Kind
    {
        None,
        Text,
        Thinking,
        Call,
    }

    private static ReadOnlySpan<byte> EmptyText => """{"type":"text","text":""}"""u8;

    public void Tell(StreamEvent.PartEvent piece, IBufferWriter<byte> output)
    {
        switch (piece)
        {
            case StreamEvent.PartStart start:
                Start(start, output);
                break;
            case StreamEvent.TextDelta text:
                TellText(text.Text, output);
                break;
            case StreamEvent.RefusalDelta refusal:
                TellText(refusal.Text, output);
                break;
            case StreamEvent.MediaDelta { Transcript: { } words }:
                TellText(words, output);
                break;
            case StreamEvent.CitationAdded added:
                TellCitations(added, output);
                break;
            case StreamEvent.ReasoningDelta reasoning:
                OpenThinking(output);
                if (!context.OmitReasoning && reasoning.Text.Length > 0)
                {
                    TellDelta("thinking_delta"u8, "thinking"u8, reasoning.Text, output);
                }

                break;
            case StreamEvent.ToolCallDelta { Arguments.Length: > 0 } delta when _open == Kind.Call:
                TellDelta("input_json_delta"u8, "partial_json"u8, delta.Arguments, output);
                break;
            case StreamEvent.PartEnd end when _part is ReasoningPart:
                EndThinking(AnthropicMessagesReasoning.Named(end.State ?? _part.State, _part.Id), output);
                break;
            case StreamEvent.PartEnd:
                Close(state: null, output);
                break;
        }
    }

    private void Start(StreamEvent.PartStart start, IBufferWriter<byte> output)
    {
        _part = start.Part;
        switch (start.Part)
        {
            case ToolCallPart call:
                OpenCall(call, output);
                break;
            case McpCallPart run:
                OpenRun(run, output);
                break;
            case McpResultPart result:
                TellResult(result, output);
                break;
            case ServerToolCallPart { Dialect: DialectIds.AnthropicMessages } call:
                OpenServerCall(call, output);
                break;
            case OpaquePart { Dialect: DialectIds.AnthropicMessages } part:
                TellWhole(part, output);
                break;
            default:
                context.Losses.Add(start);
                break;
        }
    }

    /// <summary>Ends the open block, if there is one.</summary>
    private void Close(OpaqueState? state, IBufferWriter<byte> output)
    {
        if (_open == Kind.None)
        {
            return;
        }

        if (_open == Kind.Thinking)
        {
            TellDelta("signature_delta"u8, "signature"u8, AnthropicMessagesReasoning.WriteSlot(state), output);
        }

        _open = Kind.None;
        TellStop(output);
    }

    /// <summary>Thinking without a word is a block too: what signs it, or what it holds unreadably.</summary>
    private void EndThinking(OpaqueState? state, IBufferWriter<byte> output)
    {
        if (_open != Kind.Thinking && state is { Redacted: true })
        {
            Utf8JsonWriter json = BeginBlock(output);
            AnthropicMessagesReasoning.Write(json, new ReasoningPart("") { State = state });
            EndFrame(json, output);
            TellStop(output);
            return;
        }

        OpenThinking(output);
        Close(state, output);
    }

    private void TellText(string text, IBufferWriter<byte> output)
    {
        if (text.Length > 0)
        {
            OpenText(output);
            TellDelta("text_delta"u8, "text"u8, text, output);
        }
    }

    private void OpenText(IBufferWriter<byte> output) =>
        Open(Kind.Text, EmptyText, output);

    private void OpenThinking(IBufferWriter<byte> output) =>
        Open(Kind.Thinking, """{"type":"thinking","thinking":"","signature":""}"""u8, output);

    private void Open(Kind kind, ReadOnlySpan<byte> block, IBufferWriter<byte> output)
    {
        if (_open == kind)
        {
            return;
        }

        _open = kind;
        Utf8JsonWriter json = BeginBlock(output);
        json.WriteRawValue(block, skipInputValidation: true);
        EndFrame(json, output);
    }

    private void OpenCall(ToolCallPart call, IBufferWriter<byte> output)
    {
        if (AnthropicMessagesCallStates.BlockBefore(call) is { } state)
        {
            EndThinking(state.State, output);
        }

        _open = Kind.Call;
        Utf8JsonWriter json = BeginBlock(output);
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, AnthropicMessagesResponseEncoder.CallId(call.CallId, _index, context));
        json.WriteString("name"u8, call.Name);
        json.WriteStartObject("input"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        EndFrame(json, output);
    }

    private void TellCitations(StreamEvent.CitationAdded added, IBufferWriter<byte> output)
    {
        if (!AnthropicMessagesCitations.CanWrite(added.Citation))
        {
            context.Losses.Add(added);
        }

        foreach (Citation citation in AnthropicMessagesCitations.Writable(added.Citation))
        {
            OpenText(output);
            Utf8JsonWriter json = BeginDelta("citations_delta"u8, output);
            json.WritePropertyName("citation"u8);
            AnthropicMessagesCitations.Write(json, citation);
            json.WriteEndObject();
            EndFrame(json, output);
        }
    }

    private void OpenServerCall(ServerToolCallPart call, IBufferWriter<byte> output)
    {
        _open = Kind.Call;
        Utf8JsonWriter json = BeginBlock(output);
        AnthropicMessagesOpaqueBlock.WriteStart(json, call.Json);
        EndFrame(json, output);
    }

    private void OpenRun(McpCallPart run, IBufferWriter<byte> output)
    {
        if (run.Made is { } made && AnthropicMessagesCallStates.BlockBefore(made) is { } state)
        {
            EndThinking(state.State, output);
        }

        _open = Kind.Call;
        Utf8JsonWriter json = BeginBlock(output);

        // All of the input stands in the start, too: SDKs that do not know the block gather no deltas for it.
        _runs.WriteCall(json, run, run.Made?.Arguments ?? "");
        EndFrame(json, output);
    }

    private void TellResult(McpResultPart result, IBufferWriter<byte> output)
    {
        Utf8JsonWriter json = BeginBlock(output);
        _runs.WriteResult(json, result);
        EndFrame(json, output);
        TellStop(output);
    }

    private void TellWhole(OpaquePart part, IBufferWriter<byte> output)
    {
        Utf8JsonWriter json = BeginBlock(output);
        json.WriteOnOneLine(part.Json);
        EndFrame(json, output);
        TellStop(output);
    }

    private void TellDelta(ReadOnlySpan<byte> type, ReadOnlySpan<byte> field, string text, IBufferWriter<byte> output)
    {
        Utf8JsonWriter json = BeginDelta(type, output);
        json.WriteString(field, text);
        json.WriteEndObject();
        EndFrame(json, output);
    }

    private void TellStop(IBufferWriter<byte> output) =>
        EndFrame(Begin("content_block_stop"u8, output), output);

    private Utf8JsonWriter BeginBlock(IBufferWriter<byte> output)
    {
        _index++;
        Utf8JsonWriter json = Begin("content_block_start"u8, output);
        json.WritePropertyName("content_block"u8);
        return json;
    }

    private Utf8JsonWriter BeginDelta(ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        Utf8JsonWriter json = Begin("content_block_delta"u8, output);
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, type);
        return json;
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> name, IBufferWriter<byte> output)
    {
        Utf8JsonWriter json = _frames.Begin(name, output);
        json.WriteStartObject();
        json.WriteString("type"u8, name);
        json.WriteNumber("index"u8, _index);
        return json;
    }

    private void EndFrame(Utf8JsonWriter json, IBufferWriter<byte> output)
    {
        json.WriteEndObject();
        _frames.End(output);
    }
}
