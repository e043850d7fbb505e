using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>
/// The free text in the call of a function that stood in for a custom tool (<c>{"input":"…"}</c>,
/// https://platform.openai.com/docs/guides/function-calling#custom-tools).
/// </summary>
internal static class CustomCallText
{
    /// <summary>
    /// The one property of such a function. Nothing on the wire marks it: whoever wrote the call knows its tools, and
    /// takes the text out again.
    /// </summary>
    public const string Input = "input";

    /// <summary>The arguments of the function that stands in, for a call with this text.</summary>
    public static string AsArguments(string text)
    {
        var json = new ArrayBufferWriter<byte>(text.Length + Input.Length + 8);
        using (var writer = new Utf8JsonWriter(json, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString(Input, text);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>The free text; arguments of any other shape are the text themselves.</summary>
    public static string In(string arguments)
    {
        try
        {
            return JsonElement.Parse(arguments).TextOf(Input) ?? arguments;
        }
        catch (JsonException)
        {
            // The model's own words, cut off or never JSON: they are all there is.
            return arguments;
        }
    }
}
