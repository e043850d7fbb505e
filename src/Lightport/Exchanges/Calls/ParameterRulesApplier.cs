using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Providers;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// Carries out a provider's rules on a request body. The rules see the body as the earlier ones left
/// it; the client is told of a field by the name that the client gave it.
/// </summary>
internal static class ParameterRulesApplier
{
    /// <param name="rules">In order.</param>
    /// <param name="patch">The client's body as changed so far; takes the new changes.</param>
    /// <param name="drop">
    /// Told of each field that loses what it said: dropped, brought within bounds, or beaten by the field that it is
    /// renamed to. A value put into the provider's own word for it loses nothing; nor does a <c>null</c>.
    /// </param>
    /// <param name="reject">Told of each field that may not be lost; where it returns, the field is left out.</param>
    public static void Apply(ParameterRules rules, BodyPatch patch, Action<string> drop, Action<string> reject)
    {
        Dictionary<ParameterPath, string>? clientNames = null;
        foreach (ParameterRule rule in rules.Rules)
        {
            bool present = patch.TryGetValue(rule.Field, out ReadOnlySpan<byte> value);
            bool said = present && !value.SequenceEqual("null"u8);
            string clientName = ClientName(clientNames, rule.Field);
            switch (rule.Action)
            {
                case ParameterAction.Default when !said:
                    patch.TrySet(rule.Field, JsonMarshal.GetRawUtf8Value(rule.Value!.Value));
                    break;
                case ParameterAction.Rename when present:
                    if (said && (IsSaid(patch, rule.NewName!) || !patch.TrySet(rule.NewName!, value)))
                    {
                        drop(clientName);
                    }
                    else if (said)
                    {
                        (clientNames ??= [])[rule.NewName!] = clientName;
                    }

                    patch.Remove(rule.Field);
                    break;
                case ParameterAction.Drop or ParameterAction.Reject when present && !IsAllowed(rule, patch):
                    if (said && !IsOneOf(rule.Except, value))
                    {
                        (rule.Action == ParameterAction.Drop ? drop : reject)(clientName);
                    }

                    patch.Remove(rule.Field);
                    break;
                case ParameterAction.Clamp when said && Clamp(rule, value) is { } bound:
                    drop(clientName);
                    patch.TrySet(rule.Field, bound);
                    break;
                case ParameterAction.Map when said && Map(rule, value) is { } word:
                    patch.TrySet(rule.Field, word);
                    break;
            }
        }
    }

    private static string ClientName(Dictionary<ParameterPath, string>? clientNames, ParameterPath field) => true switch
    {
        _ when clientNames is null => field.Text,
        _ when clientNames.TryGetValue(field, out string? name) => name,
        _ when field.Parent is { } parent => ClientName(clientNames, parent) + field.Text[parent.Text.Length..],
        _ => field.Text,
    };

    private static bool IsSaid(BodyPatch patch, ParameterPath field) =>
        patch.TryGetValue(field, out ReadOnlySpan<byte> value) && !value.SequenceEqual("null"u8);

    private static bool IsAllowed(ParameterRule rule, BodyPatch patch) =>
        rule.Unless is { } unless
        && IsOneOf(unless.Values, patch.TryGetValue(unless.Field, out ReadOnlySpan<byte> value) ? value : "null"u8);

    private static bool IsOneOf(IReadOnlyList<JsonElement> values, ReadOnlySpan<byte> value)
    {
        if (values.Count == 0)
        {
            return false;
        }

        JsonElement said = JsonElement.Parse(value);
        return values.Any(candidate => Equal(candidate, said));
    }

    private static bool Equal(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which the framework cannot compare: it is in no value of the rules.
            return false;
        }
    }

    /// <summary>The bound that a number is brought to; null where it keeps within, or is no number.</summary>
    private static byte[]? Clamp(ParameterRule rule, ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out double number, out int read) || read != value.Length)
        {
            return null;
        }

        double bound = Math.Clamp(number, rule.Minimum!.Value, rule.Maximum!.Value);
        return bound == number ? null : Encoding.UTF8.GetBytes(bound.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The provider's word, as JSON; null where the value is no string or has no other word.</summary>
    private static byte[]? Map(ParameterRule rule, ReadOnlySpan<byte> value)
    {
        return Text(value) is { } said && rule.Values.TryGetValue(said, out string? theirs)
            ? [(byte)'"', .. JsonEncodedText.Encode(theirs).EncodedUtf8Bytes, (byte)'"']
            : null;
    }

    /// <summary>The text; null where the value is no string, or holds half of a surrogate pair.</summary>
    private static string? Text(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
