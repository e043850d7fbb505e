using System.Buffers;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Takes <c>"usage":null</c> off chunks whose client did not ask for usage, though the gateway did.</summary>
internal sealed class OpenAIChatUsageCutter
{
    private JsonSplice? _splice;

    private static ReadOnlySpan<byte> Field => ",\"usage\":null"u8;

    /// <summary>Writes the chunk without it; false where there is nothing to cut and nothing was written.</summary>
    public bool Cut(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (data.IndexOf("\"usage\":"u8) < 0)
        {
            return false;
        }

        _splice ??= new JsonSplice();
        _splice.Clear();
        int at = data.LastIndexOf(Field);
        if (at >= 0 && IsAtTop(data[(at + Field.Length)..]))
        {
            _splice.Replace(at, at + Field.Length, []);
        }
        else if (OpenAIChatChunk.Scan(data).Usage is { IsPresent: true } usage)
        {
            _splice.Remove(data, usage);
        }
        else
        {
            return false;
        }

        output.Write("data: "u8);
        _splice.WriteTo(data, output);
        output.Write("\n\n"u8);
        return true;
    }

    /// <summary>Nothing is open or opened behind it but the chunk itself.</summary>
    private static bool IsAtTop(ReadOnlySpan<byte> rest) =>
        !rest.IsEmpty && rest[^1] == '}' && rest[..^1].IndexOfAny("{}[]"u8) < 0;
}
