using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Reads the facts of a whole answer that passes through, and mends what a loosely spoken one breaks.
/// </summary>
internal static class OpenAIChatBodyReader
{
    public static PassthroughBody Read(
        ReadOnlyMemory<byte> body, PassthroughOptions options, OpenAIChatAnswerShape shape)
    {
        try
        {
            ReadOnlySpan<byte> data = body.Span.Trim(" \r\n\t"u8);
            var chunk = OpenAIChatChunk.Scan(data);
            if (chunk.HasError(data))
            {
                return Failed(body, OpenAIChatErrorReader.InsideSuccess(data, ErrorStage.Decode));
            }

            return chunk.Choices.Is(data, '[')
                ? Read(body, data, chunk, options, shape)
                : Failed(body, GatewayError.BadUpstream("The provider's answer has no choices."));
        }
        catch (JsonException)
        {
            return Failed(body, GatewayError.BadUpstream("The provider's answer is not valid JSON."));
        }
    }

    private static PassthroughBody Failed(ReadOnlyMemory<byte> body, GatewayError error) => new(body) { Error = error };

    private static PassthroughBody Read(
        ReadOnlyMemory<byte> body,
        ReadOnlySpan<byte> data,
        in OpenAIChatChunk chunk,
        PassthroughOptions options,
        OpenAIChatAnswerShape shape)
    {
        OpenAIChatSplice? splice = options.Exact ? null : new OpenAIChatSplice();
        if (splice is not null)
        {
            new OpenAIChatIdentity(data, chunk, options, shape, shape.Whole).Impose(data, chunk, splice);
        }

        string id = chunk.Id.Text(data) ?? shape.IdPrefix + options.Response.RequestId;
        FinishReason? finish = null;
        var choices = new OpenAIChatChunkChoices(data, chunk.Choices);
        while (choices.Next(out OpenAIChatChunkChoice choice))
        {
            string? word = choice.FinishReason.Text(data);
            if (OpenAIChatFinish.IsFailure(word))
            {
                return Failed(body, OpenAIChatFinish.Failure(word!, ErrorStage.Decode));
            }

            bool hasCalls = MendCalls(data, choice, id, splice);
            Finish read = OpenAIChatFinish.Read(word, null, hasCalls);
            finish ??= read.Reason;
            if (splice is not null)
            {
                MendFinish(data, choice, word, OpenAIChatFinish.Word(read.Reason), splice);
            }
        }

        return new PassthroughBody(splice is null or { IsEmpty: true } ? body : Apply(data, splice))
        {
            Usage = chunk.HasUsage(data) ? OpenAIChatUsage.Read(chunk.Usage.In(data)) : null,
            Finish = finish,
            Id = chunk.Id.Text(data),
            Model = chunk.Model.Text(data),
        };
    }

    private static void MendFinish(
        ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice, string? word, string lawful, OpenAIChatSplice splice)
    {
        if (word == lawful || word == "function_call")
        {
            return;
        }

        byte[] value = OpenAIChatIdentity.Json(lawful);
        if (choice.FinishReason.IsPresent)
        {
            splice.Replace(choice.FinishReason, value);
        }
        else
        {
            splice.InsertField(data, choice.Body, "finish_reason"u8, value);
        }

        if (word is not null && !choice.NativeFinishReason.IsPresent)
        {
            splice.InsertField(data, choice.Body, "native_finish_reason"u8, choice.FinishReason.In(data));
        }
    }

    /// <summary>
    /// Whether the choice calls tools; each call gets an id, a type and arguments as text if it lacks them.
    /// </summary>
    private static bool MendCalls(
        ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice, string id, OpenAIChatSplice? splice)
    {
        if (!choice.ToolCalls.Is(data, '['))
        {
            return choice.FunctionCall.Is(data, '{');
        }

        int index = 0;
        var reader = new Utf8JsonReader(choice.ToolCalls.In(data), OpenAIChatWire.Reading);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var call = OpenAIChatCallDelta.Read(ref reader, choice.ToolCalls.Start);
            if (splice is not null)
            {
                string newId = call.Id.IsText(data) ? "" : OpenAIChatCalls.NewId(id, choice.Index, index);
                MendCall(data, call, newId, splice);
            }

            index++;
        }

        return index > 0;
    }

    private static void MendCall(
        ReadOnlySpan<byte> data, in OpenAIChatCallDelta call, string newId, OpenAIChatSplice splice)
    {
        int body = call.Start + 1;
        if (!call.Id.IsPresent)
        {
            splice.InsertField(data, body, "id"u8, OpenAIChatIdentity.Json(newId));
        }
        else if (!call.Id.IsText(data))
        {
            splice.Replace(call.Id, OpenAIChatIdentity.Json(newId));
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

    private static byte[] Apply(ReadOnlySpan<byte> data, OpenAIChatSplice splice)
    {
        var output = new ArrayBufferWriter<byte>(data.Length + 256);
        splice.WriteTo(data, output);
        return output.WrittenSpan.ToArray();
    }
}
