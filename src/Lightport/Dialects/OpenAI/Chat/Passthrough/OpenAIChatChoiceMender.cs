using System.Buffers;
using System.Globalization;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Mends what one choice of a stream breaks: its role, its tool calls, its content, its finish.</summary>
internal sealed class OpenAIChatChoiceMender(int index, bool hasDeltas, AnswerContext context)
{
    private readonly OpenAIChatCallTracker _calls = new();
    private bool _hasRole;

    /// <summary>Writes a chunk with one choice: its index, its delta as JSON, its finish.</summary>
    public delegate void OwnChunk(int choice, string content, string? finish, IBufferWriter<byte> output);

    public int Index { get; } = index;

    public bool Finished { get; private set; }

    public bool HasCalls => _calls.Calls.Count > 0;

    /// <summary>False where nothing of the choice is left to say.</summary>
    public bool Mend(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice, JsonSplice splice)
    {
        bool finishedBefore = Finished;
        if (!choice.HasIndex)
        {
            splice.InsertField(data, choice.Body, "index"u8, "0"u8);
        }

        if (hasDeltas)
        {
            MendDelta(data, choice, splice);
        }

        MendFinish(data, choice, splice);
        return !finishedBefore || choice.HasContent(data);
    }

    /// <summary>
    /// A call that ends without arguments has none: clients parse what they joined, and nothing is no JSON.
    /// </summary>
    public void WriteMissingArguments(OwnChunk write, IBufferWriter<byte> output)
    {
        foreach (OpenAIChatTrackedCall call in _calls.Calls.Where(candidate => !candidate.HasArguments))
        {
            call.HasArguments = true;
            string delta = string.Create(
                CultureInfo.InvariantCulture,
                $$$"""
                "delta":{"tool_calls":[{"index":{{{call.Index}}},"function":{"arguments":"{}"}}]}
                """);
            write(Index, delta, null, output);
        }
    }

    private void MendDelta(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice, JsonSplice splice)
    {
        int body = choice.DeltaBody;
        if (!choice.Delta.IsPresent && choice.Message.Is(data, '{'))
        {
            splice.Replace(choice.Message.NameStart, choice.Message.NameStart + "\"message\"".Length, "\"delta\""u8);
            body = choice.Message.Start + 1;
        }
        else if (!choice.Delta.IsPresent)
        {
            splice.InsertField(data, choice.Body, "delta"u8, _hasRole ? "{}"u8 : "{\"role\":\"assistant\"}"u8);
            _hasRole = true;
            return;
        }
        else if (!choice.Delta.Is(data, '{'))
        {
            splice.Replace(choice.Delta, _hasRole ? "{}"u8 : "{\"role\":\"assistant\"}"u8);
            _hasRole = true;
            return;
        }

        MendRole(data, choice.Role, body, splice);
        OpenAIChatContentMender.Mend(data, choice, body, splice, context.Losses);
        if (OpenAIChatCallList.Is(data, choice.ToolCalls))
        {
            MendCalls(data, choice.ToolCalls, splice);
        }
    }

    private void MendRole(ReadOnlySpan<byte> data, JsonSlice role, int body, JsonSplice splice)
    {
        if (_hasRole)
        {
            if (role.IsPresent)
            {
                splice.Remove(data, role);
            }

            return;
        }

        _hasRole = true;
        if (!role.IsPresent)
        {
            splice.InsertField(data, body, "role"u8, "\"assistant\""u8);
        }
        else if (!role.In(data).SequenceEqual("\"assistant\""u8))
        {
            splice.Replace(role, "\"assistant\""u8);
        }
    }

    private void MendCalls(ReadOnlySpan<byte> data, JsonSlice calls, JsonSplice splice)
    {
        if (calls.Is(data, '{'))
        {
            splice.Insert(calls.Start, "["u8);
            splice.Insert(calls.End, "]"u8);
        }

        var list = new OpenAIChatCallList(data, calls);
        while (list.Next(out OpenAIChatCallDelta call))
        {
            MendCall(data, call, splice);
        }
    }

    private void MendCall(ReadOnlySpan<byte> data, in OpenAIChatCallDelta delta, JsonSplice splice)
    {
        bool hasName = delta.Name.IsText(data);
        OpenAIChatTrackedCall call = _calls.Resolve(delta.Index, delta.Id.Text(data), hasName);
        bool starts = !call.Started;
        call.Started = true;
        call.HasArguments |= delta.IsCustom || delta.Arguments.IsText(data) || delta.Arguments.Is(data, '{');
        bool lawful = delta.Index == call.Index && delta.Arguments.Is(data, '"') && (starts
            ? hasName && delta.Id.IsText(data) && delta.Type.IsText(data)
            : !delta.Id.IsPresent && !delta.Type.IsPresent && !delta.Name.IsPresent);
        if (!lawful)
        {
            string? id = starts ? call.ProviderId ?? MadeCallId.Of(context.RequestId, Index, call.Index) : null;
            splice.Replace(delta.Start, delta.End, OpenAIChatCallText.Of(data, delta, call.Index, id));
        }
    }

    private void MendFinish(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice, JsonSplice splice)
    {
        if (!choice.FinishReason.IsPresent)
        {
            splice.InsertField(data, choice.Body, "finish_reason"u8, "null"u8);
            return;
        }

        if (!choice.FinishReason.Is(data, '"'))
        {
            return;
        }

        if (Finished || choice.FinishReason.Text(data) is not { } word)
        {
            splice.Replace(choice.FinishReason, "null"u8);
            return;
        }

        Finished = true;
        string lawful = OpenAIChatFinish.Word(OpenAIChatFinish.ReasonOf(word, HasCalls));
        if (word != lawful && word != "function_call")
        {
            splice.Replace(choice.FinishReason, OpenAIChatIdentity.Json(lawful));
            if (!choice.NativeFinishReason.IsPresent)
            {
                splice.InsertField(data, choice.Body, "native_finish_reason"u8, choice.FinishReason.In(data));
            }
        }
    }
}
