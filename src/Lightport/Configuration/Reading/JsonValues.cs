using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>
/// YAML values as JSON, for what is sent in a body: YAML 1.2's core schema, so quotes make text of anything.
/// </summary>
internal static partial class JsonValues
{
    /// <summary>Text as people wrote it, as far as JSON lets it stand; it is never put into a page.</summary>
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Convert(YamlNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, node);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>On one line.</summary>
    public static string Text(YamlNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, YamlNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                writer.WriteStartObject();
                foreach ((ScalarNode key, YamlNode value) in mapping.Entries)
                {
                    writer.WritePropertyName(key.Value);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case SequenceNode sequence:
                writer.WriteStartArray();
                foreach (YamlNode item in sequence.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ScalarNode scalar:
                WriteScalar(writer, scalar);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, ScalarNode scalar)
    {
        if (scalar.IsNull)
        {
            writer.WriteNullValue();
        }
        else if (scalar.Plain && scalar.Value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            writer.WriteBooleanValue(scalar.Value[0] is 't' or 'T');
        }
        else if (scalar.Plain && double.TryParse(
            scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number))
        {
            WriteNumber(writer, scalar.Value, number);
        }
        else
        {
            writer.WriteStringValue(scalar.Value);
        }
    }

    /// <summary>As it was written where JSON can say it so: 1.50 stays, and no digit of a long one is lost.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, string text, double number)
    {
        if (JsonNumber().IsMatch(text))
        {
            writer.WriteRawValue(text);
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            writer.WriteNumberValue(whole);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex JsonNumber();
}
