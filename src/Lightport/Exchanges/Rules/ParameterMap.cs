using System.Text.Json;
using Lightport.Cel;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// The fields at the top of a body, by the names that the client's dialect has for them, but for what is said in it.
/// Each is read when it is asked for.
/// </summary>
internal sealed class ParameterMap(Exchange exchange) : CelMap
{
    /// <summary>The longest value that is read, in bytes.</summary>
    private const int LongestValue = 65_536;

    public override int Count => Names().Count();

    public override IEnumerable<CelValue> Keys => Names().Select(CelValue.Of);

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        value = default;
        if (key.Kind != CelKind.String || key.AsString() is not { } name || name == exchange.Served.ContentField)
        {
            return false;
        }

        CelValue? found = exchange.Request.IsJson ? OfJson(exchange.Request.Json, name)
            : exchange.Request.IsForm ? OfForm(exchange.Request.Form, name)
            : null;
        value = found ?? default;
        return found is not null;
    }

    private static CelValue? OfJson(JsonEnvelope body, string name) =>
        !body.TryGet(name, out JsonField field) ? null
            : field.ValueEnd - field.ValueStart > LongestValue ? TooLong(name)
            : Parse(body.Value(field)) is { } json ? JsonCel.Of(json)
            : CelValue.Error($"request.params.{name} has a field twice");

    private static CelValue? OfForm(FormBody form, string name)
    {
        foreach (FormPart part in form.Parts)
        {
            if (part.Name == name)
            {
                return part.IsFile || form.Text(part) is not { } text ? TooLong(name) : CelValue.Of(text);
            }
        }

        return null;
    }

    private IEnumerable<string> Names()
    {
        IEnumerable<string> names = exchange.Request.IsJson ? exchange.Request.Json.Fields.Select(field => field.Name)
            : exchange.Request.IsForm ? exchange.Request.Form.Parts.Select(part => part.Name).Distinct()
            : [];
        return names.Where(name => name != exchange.Served.ContentField);
    }

    private static CelValue TooLong(string name) => CelValue.Error($"request.params.{name} is too long, or a file");

    private static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json, JsonSettings.Request);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Its syntax is sound by now: a field stands twice, or a name holds half of a surrogate pair.
            return null;
        }
    }
}
