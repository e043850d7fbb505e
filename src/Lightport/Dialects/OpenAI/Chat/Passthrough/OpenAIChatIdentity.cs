using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Who an answer is, as JSON: what its first chunk said, and the gateway's word where it said nothing.
/// </summary>
internal sealed class OpenAIChatIdentity
{
    private readonly byte[] _id, _object, _created, _model;

    public OpenAIChatIdentity(
        ReadOnlySpan<byte> data,
        in OpenAIChatChunk chunk,
        OpenAIChatPassing options,
        OpenAIChatAnswerShape shape,
        string kind)
    {
        AnswerContext context = options.Response;
        _id = chunk.Id.IsText(data) ? chunk.Id.In(data).ToArray() : Json(shape.IdPrefix + context.RequestId);
        _object = Json(kind);
        _created = chunk.CreatedAt(data) > 0
            ? chunk.Created.In(data).ToArray()
            : Encoding.ASCII.GetBytes(context.Created.ToString(CultureInfo.InvariantCulture));
        _model = chunk.Model.IsText(data) ? chunk.Model.In(data).ToArray() : Json(context.Model);
    }

    /// <summary>Makes a chunk, or a whole answer, say this and nothing else.</summary>
    public void Impose(ReadOnlySpan<byte> data, in OpenAIChatChunk chunk, JsonSplice splice)
    {
        const int Body = 1;
        Impose(data, Body, chunk.Id, "id"u8, _id, splice);
        Impose(data, Body, chunk.Object, "object"u8, _object, splice);
        Impose(data, Body, chunk.Created, "created"u8, _created, splice);
        Impose(data, Body, chunk.Model, "model"u8, _model, splice);
    }

    /// <summary>The start of a chunk of the gateway's own making, up to the value of its choices.</summary>
    public byte[] Prefix() =>
    [
        .. "data: {\"id\":"u8, .. _id, .. ",\"object\":"u8, .. _object, .. ",\"created\":"u8, .. _created,
        .. ",\"model\":"u8, .. _model, .. ",\"choices\":"u8,
    ];

    /// <summary>A text as a JSON string; a lone surrogate becomes the replacement character.</summary>
    internal static byte[] Json(string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 16);
        using var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing);
        writer.WriteStringValue(text);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Impose(
        ReadOnlySpan<byte> data,
        int body,
        JsonSlice field,
        ReadOnlySpan<byte> name,
        byte[] value,
        JsonSplice splice)
    {
        if (!field.IsPresent)
        {
            splice.InsertField(data, body, name, value);
        }
        else if (!field.In(data).SequenceEqual(value))
        {
            splice.Replace(field, value);
        }
    }
}
