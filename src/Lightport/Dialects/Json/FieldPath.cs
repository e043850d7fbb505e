using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// Works out a value's path from where it stands in the body, so that a good request pays nothing for good complaints.
/// </summary>
internal static class FieldPath
{
    /// <summary>The path (<c>messages[2].content</c>); empty for the body itself.</summary>
    public static string Of(JsonElement root, JsonElement value)
    {
        ReadOnlySpan<byte> body = JsonMarshal.GetRawUtf8Value(root);
        if (!body.Overlaps(JsonMarshal.GetRawUtf8Value(value), out int target) || target == 0)
        {
            return "";
        }

        return Of(body, target);
    }

    /// <param name="target">Where the value begins.</param>
    public static string Of(ReadOnlySpan<byte> body, int target)
    {
        var steps = new List<(string? Name, int Index)>();
        var reader = new Utf8JsonReader(body);
        while (reader.Read() && reader.TokenStartIndex < target)
        {
            Walk(ref reader, steps, target);
        }

        return Join(steps);
    }

    /// <summary>Goes into what holds the target, past what does not.</summary>
    private static void Walk(ref Utf8JsonReader reader, List<(string? Name, int Index)> steps, int target)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = LenientText.Read([(byte)'"', .. reader.ValueSpan, (byte)'"']);
                reader.Read();
                StepOrSkip(ref reader, steps, (name, 0), target);
            }

            return;
        }

        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (StepOrSkip(ref reader, steps, (null, index), target))
            {
                return;
            }
        }
    }

    private static bool StepOrSkip(
        ref Utf8JsonReader reader, List<(string? Name, int Index)> steps, (string? Name, int Index) step, int target)
    {
        Utf8JsonReader after = reader;
        after.Skip();
        if (after.BytesConsumed <= target)
        {
            reader = after;
            return false;
        }

        steps.Add(step);
        if (reader.TokenStartIndex < target && reader.TokenType == JsonTokenType.StartArray)
        {
            Walk(ref reader, steps, target);
        }

        return true;
    }

    private static string Join(List<(string? Name, int Index)> steps)
    {
        var path = new StringBuilder();
        foreach ((string? name, int index) in steps)
        {
            if (name is null)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                path.Append(path.Length == 0 ? "" : ".").Append(name);
            }
        }

        return path.ToString();
    }
}
