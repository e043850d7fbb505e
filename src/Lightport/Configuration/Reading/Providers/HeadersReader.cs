using Lightport.Configuration.Yaml;
using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>Reads which headers are sent with calls, and which of the client's are handed on.</summary>
internal static class HeadersReader
{
    /// <param name="owner">The section that has <c>headers</c>.</param>
    /// <param name="keyHeaders">Where the provider wants its key.</param>
    public static Dictionary<string, string> Read(Section owner, IReadOnlyList<string?> keyHeaders)
    {
        string path = $"{owner.Path}.{EndpointWords.HeadersKey}";
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        YamlNode? node = owner.Find(EndpointWords.HeadersKey);
        foreach ((ScalarNode name, YamlNode value) in Section.Entries(node, path, owner.Errors))
        {
            if (!HttpHeaderNames.IsName(name.Value))
            {
                owner.Errors.Add(name, $"{path} has a name that no HTTP header can have.");
            }
            else if (HttpHeaderNames.CarriesKey(name.Value, keyHeaders))
            {
                owner.Errors.Add(name, $"'{name.Value}' carries a key; name the secret with 'key' instead.");
            }
            else if (Section.TextOf(value, $"{path}.{name.Value}", owner.Errors) is { } text)
            {
                headers[name.Value] = text;
                if (!HttpHeaderNames.IsValue(text))
                {
                    owner.Errors.Add(value, $"{path}.{name.Value} must be printable ASCII on one line.");
                }
            }
        }

        return headers;
    }

    /// <param name="owner">The section that has <c>forward-headers</c>.</param>
    /// <param name="keyHeaders">Where the provider wants its key.</param>
    public static List<string> ReadForwarded(Section owner, IReadOnlyList<string?> keyHeaders)
    {
        string path = $"{owner.Path}.{EndpointWords.ForwardHeadersKey}";
        var names = new List<string>();
        foreach (YamlNode item in Section.Items(owner.Find(EndpointWords.ForwardHeadersKey), path, owner.Errors))
        {
            if (Section.TextOf(item, path, owner.Errors) is not { } name)
            {
                continue;
            }

            names.Add(name);
            if (!HttpHeaderNames.IsName(name))
            {
                owner.Errors.Add(item, $"{path} has a name that no HTTP header can have.");
            }
            else if (HttpHeaderNames.CarriesKey(name, keyHeaders) || HttpHeaderNames.EndsHere(name))
            {
                owner.Errors.Add(item, $"'{name}' is between the client and Lightport, and is never handed on.");
            }
        }

        return names;
    }

    public static Dictionary<string, string> Over(
        IReadOnlyDictionary<string, string> special, IReadOnlyDictionary<string, string> general)
    {
        var headers = new Dictionary<string, string>(general, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in special)
        {
            headers[name] = value;
        }

        return headers;
    }
}
