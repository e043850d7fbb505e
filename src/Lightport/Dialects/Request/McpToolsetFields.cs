using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>
/// The fields of a toolset that dialects have in common, bounded. What is to be told a server is in no complaint.
/// </summary>
internal static class McpToolsetFields
{
    private const int MostToolsets = 128;

    /// <summary>In characters; what a label is made of is the affair of whoever runs the tools.</summary>
    private const int LongestLabel = 128;

    private const int LongestAddress = 2048;
    private const int MostHeaders = 32;
    private const int LongestHeaderName = 128;

    /// <summary>In characters, of a header's value or a token.</summary>
    private const int LongestSecret = 16 * 1024;

    /// <summary>Of a header's name (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).</summary>
    private static readonly SearchValues<char> HeaderLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!#$%&'*+^`|~");

    /// <summary>A server's label, which no other toolset of the request has.</summary>
    /// <exception cref="GatewayException">It is missing, too long, or another's; or there are too many.</exception>
    public static string Label(
        RequestFields fields, JsonElement owner, string name, IReadOnlyCollection<McpToolset> others)
    {
        string label = fields.RequiredText(owner, name);
        return label.Length is 0 or > LongestLabel
                ? throw fields.Wrong(fields.Required(owner, name), $"must have 1 to {LongestLabel} characters")
            : others.Any(other => other.Server == label)
                ? throw fields.Wrong(fields.Required(owner, name), "names a server that was named before")
            : others.Count == MostToolsets
                ? throw fields.Wrong(fields.Required(owner, name), $"is of more than {MostToolsets} servers")
            : label;
    }

    /// <exception cref="GatewayException">It is no address of a web server.</exception>
    public static string? Address(RequestFields fields, JsonElement owner, string name) =>
        fields.Text(owner, name) is not { } address ? null
        : address.Length <= LongestAddress
            && Uri.TryCreate(address, UriKind.Absolute, out Uri? read)
            && (read.Scheme == Uri.UriSchemeHttps || read.Scheme == Uri.UriSchemeHttp) ? address
        : throw fields.Wrong(fields.Required(owner, name), "must be the address of a server, as https://host/path");

    /// <exception cref="GatewayException">They are too many, or no headers.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(
        RequestFields fields, JsonElement owner, string name)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (JsonProperty header in fields.Object(owner, name)?.EnumerateObject() ?? default)
        {
            string field = LenientText.Name(header);
            string value = fields.Text(header.Value);
            if (field.Length is 0 or > LongestHeaderName || field.AsSpan().ContainsAnyExcept(HeaderLetters)
                || !IsVisible(value) || headers.Count == MostHeaders)
            {
                throw fields.Wrong(
                    fields.Required(owner, name), $"must be at most {MostHeaders} headers of visible ASCII");
            }

            headers.Add(new(field, value));
        }

        return headers;
    }

    /// <exception cref="GatewayException">No header can hold it.</exception>
    public static string? Token(RequestFields fields, JsonElement owner, string name) =>
        fields.Text(owner, name) is not { Length: > 0 } token ? null
        : IsVisible(token) ? token
        : throw fields.Wrong(fields.Required(owner, name), "must be visible ASCII");

    /// <summary>Tools' names; each counts, as a tool does.</summary>
    public static IReadOnlyList<string> Names(RequestFields fields, JsonElement owner, string name)
    {
        var names = new List<string>();
        foreach (JsonElement tool in fields.Items(owner, name))
        {
            fields.Tally.AddTool();
            names.Add(fields.Text(tool));
        }

        return names;
    }

    private static bool IsVisible(string text) =>
        text.Length <= LongestSecret && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
