using System.Text;
using Lightport.Admission;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>cors: { origins: [https://app.contoso.com] }</c>.</summary>
internal static class CorsReader
{
    private static readonly SectionKeys Keys = new("origins");

    public static CorsSettings Read(YamlNode? node, ConfigurationErrors errors)
    {
        if (node is null || Section.Read(node, "cors", Keys, errors) is not { } section)
        {
            return CorsSettings.Off;
        }

        var origins = new List<string>();
        foreach (YamlNode item in Section.Items(section.Find("origins"), "cors.origins", errors))
        {
            if (Section.TextOf(item, "cors.origins", errors) is not { } text)
            {
                continue;
            }

            if (text == CorsSettings.Everyone || IsOrigin(text))
            {
                origins.Add(text);
            }
            else
            {
                errors.Add(item, $"an origin is a scheme, a host and perhaps a port, as browsers write it"
                    + $"{(Near(text) is { } near ? $"; did you mean '{near}'?" : ", as in https://app.contoso.com.")}");
            }
        }

        return new CorsSettings(origins);
    }

    /// <summary>Browsers send one spelling, which is compared as it is.</summary>
    private static bool IsOrigin(string text) => Near(text) == text;

    /// <summary>
    /// The origin of an address; null where it has none. Browsers write hosts in ASCII (<c>xn--</c>).
    /// </summary>
    private static string? Near(string text) =>
        Ascii.IsValid(text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Host.Length > 0
            ? $"{address.Scheme}://{address.Host}{(address.IsDefaultPort ? "" : $":{address.Port}")}"
            : null;
}
