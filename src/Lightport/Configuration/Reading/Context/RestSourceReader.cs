using Lightport.Enrichment.Sources;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads a source by <c>rest</c>: <c>{ rest: "https://api.example.com/weather?city={metadata.city}" }</c>.
/// </summary>
internal static class RestSourceReader
{
    private const string HeaderKey = "header";

    private static readonly SectionKeys AuthKeys = new(SecretReference.Key, HeaderKey)
    {
        Example = "{ key: WEATHER_KEY }",
    };

    /// <summary>Null, and an error, where it is none.</summary>
    public static RestSource? Read(string name, Section section, ReadingContext context)
    {
        bool isPrivate = section.Boolean("private") ?? false;
        AddressTemplate? address = AddressReader.Read(section, "rest", isPrivate);
        (string? secret, string? header) = Auth(section, context);
        return address is null ? null : new RestSource(name, address)
        {
            Path = Selector(section),
            Secret = secret,
            Header = header,
            AllowsPrivate = isPrivate,
        };
    }

    private static JsonSelector? Selector(Section section)
    {
        if (section.Text("path") is not { } text)
        {
            return null;
        }

        JsonSelector? path = JsonSelector.Parse(text);
        if (path is null)
        {
            section.Errors.Add(section.Find("path")!, $"{section.Path}.path must be a path of $, .name, ['name'], [0] "
                + "and [*], as in $.days[0].summary.");
        }

        return path;
    }

    private static (string? Secret, string? Header) Auth(Section section, ReadingContext context)
    {
        if (section.Find("auth") is not { } node
            || Section.Read(node, $"{section.Path}.auth", AuthKeys, section.Errors) is not { } auth)
        {
            return (null, null);
        }

        string? header = auth.Text(HeaderKey);
        if (header is not null && !HttpHeaderNames.IsName(header))
        {
            auth.Errors.Add(auth.Find(HeaderKey)!, $"{auth.Path} has a name that no HTTP header can have.");
        }

        return (SecretReference.Read(auth, SecretReference.Key, context), header);
    }
}
