using System.Globalization;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Mends what a choice of a whole answer breaks, as <see cref="OpenAIChatChoiceMender"/> does for a stream's.
/// </summary>
/// <param name="id">The answer's id: ids of calls that have none are made of it.</param>
internal sealed class OpenAIChatMessageMender(
    JsonSplice splice, OpenAIChatAnswerShape shape, OpenAIChatPassing options, string id)
{
    /// <param name="place">The choice's place among the choices.</param>
    public void Mend(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice, int place, FinishReason finish)
    {
        if (!choice.HasIndex)
        {
            Span<byte> index = stackalloc byte[11];
            place.TryFormat(index, out int written, default, CultureInfo.InvariantCulture);
            splice.InsertField(data, choice.Body, "index"u8, index[..written]);
        }

        if (shape.HasDeltas)
        {
            MendMessage(data, choice);
        }

        MendFinish(data, choice, OpenAIChatFinish.Word(finish));
    }

    private void MendMessage(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice)
    {
        JsonSlice message = choice.Message;
        if (!message.Is(data, '{') && choice.Delta.Is(data, '{') && !message.IsPresent)
        {
            message = choice.Delta;
            splice.Replace(message.NameStart, message.NameStart + "\"delta\"".Length, "\"message\""u8);
        }
        else if (!message.Is(data, '{'))
        {
            // Azure leaves it out where it has filtered the whole answer.
            Set(data, choice.Body, message, "message"u8, "{\"role\":\"assistant\",\"content\":null}"u8);
            return;
        }

        int body = message.Start + 1;
        OpenAIChatContentMender.Mend(data, choice, body, splice, options.Response.Losses);
        if (!choice.Content.IsPresent)
        {
            splice.InsertField(data, body, "content"u8, "null"u8);
        }

        if (!choice.Role.IsPresent || !choice.Role.In(data).SequenceEqual("\"assistant\""u8))
        {
            Set(data, body, choice.Role, "role"u8, "\"assistant\""u8);
        }

        RemoveNull(data, choice.ToolCalls);
        RemoveNull(data, choice.FunctionCall);
        RemoveNull(data, choice.Annotations);
        MendCalls(data, choice);
    }

    /// <summary>What the wire has as a list, or leaves out, typed clients refuse as null.</summary>
    private void RemoveNull(ReadOnlySpan<byte> data, JsonSlice field)
    {
        if (field.Is(data, 'n'))
        {
            splice.Remove(data, field);
        }
    }

    private void MendFinish(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice, string lawful)
    {
        string? word = choice.FinishReason.Text(data);
        if (word == lawful || word == "function_call")
        {
            return;
        }

        Set(data, choice.Body, choice.FinishReason, "finish_reason"u8, OpenAIChatIdentity.Json(lawful));
        if (word is not null && !choice.NativeFinishReason.IsPresent)
        {
            splice.InsertField(data, choice.Body, "native_finish_reason"u8, choice.FinishReason.In(data));
        }
    }

    private void MendCalls(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice)
    {
        if (!OpenAIChatCallList.Is(data, choice.ToolCalls))
        {
            return;
        }

        if (choice.ToolCalls.Is(data, '{'))
        {
            splice.Insert(choice.ToolCalls.Start, "["u8);
            splice.Insert(choice.ToolCalls.End, "]"u8);
        }

        int index = 0;
        var calls = new OpenAIChatCallList(data, choice.ToolCalls);
        while (calls.Next(out OpenAIChatCallDelta call))
        {
            MendCall(data, call, MadeCallId.Of(id, choice.Index, index++));
        }
    }

    private void MendCall(ReadOnlySpan<byte> data, in OpenAIChatCallDelta call, string newId)
    {
        int body = call.Start + 1;
        if (!call.Id.IsText(data))
        {
            Set(data, body, call.Id, "id"u8, OpenAIChatIdentity.Json(newId));
        }

        if (!call.Type.IsPresent)
        {
            splice.InsertField(data, body, "type"u8, call.IsCustom ? "\"custom\""u8 : "\"function\""u8);
        }

        if (call.IsCustom || call.Arguments.IsText(data))
        {
            return;
        }

        if (call.Arguments.Is(data, '{'))
        {
            splice.Replace(call.Arguments, OpenAIChatIdentity.Json(Encoding.UTF8.GetString(call.Arguments.In(data))));
        }
        else if (call.Arguments.IsPresent)
        {
            splice.Replace(call.Arguments, "\"{}\""u8);
        }
        else if (call.Name.IsPresent)
        {
            splice.Insert(call.Name.End, ",\"arguments\":\"{}\""u8);
        }
    }

    private void Set(
        ReadOnlySpan<byte> data, int body, JsonSlice field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (field.IsPresent)
        {
            splice.Replace(field, value);
        }
        else
        {
            splice.InsertField(data, body, name, value);
        }
    }
}
