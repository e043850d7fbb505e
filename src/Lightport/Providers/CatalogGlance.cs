namespace Lightport.Providers;

/// <summary>
/// What a start without a configuration asks of every catalog file, to parse few of them: which variable holds the key
/// of a provider that needs nothing else.
/// </summary>
internal static class CatalogGlance
{
    /// <param name="file">The file's name, for errors.</param>
    /// <param name="json">Its text, of which the rest is not checked.</param>
    /// <returns>Null where the provider has no key, or needs settings beside it.</returns>
    /// <exception cref="DataFileException">It is not JSON, or breaks the format in what is read here.</exception>
    public static string? KeyVariable(string file, ReadOnlySpan<byte> json)
    {
        var reader = new StrictJsonReader(file, json);
        string? variable = null;
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "auth":
                    variable = AuthenticationFile.Parse(ref reader, takesKey: true).KeyVariable;
                    break;
                case "settings":
                    if (reader.StringMap().Count > 0)
                    {
                        return null;
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return variable;
    }

    /// <summary>The same of a provider that is parsed already.</summary>
    public static string? KeyVariable(Provider provider) =>
        provider.Settings.Count == 0 ? provider.Authentication.KeyVariable : null;
}
