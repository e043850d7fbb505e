namespace Lightport.Providers;

/// <summary>
/// The providers that come with the gateway, one embedded file each, and those that a host adds. A file is parsed when
/// its provider is first asked for, so that a start which names three providers reads three files.
/// </summary>
public sealed class ProviderCatalog
{
    private const string Folder = "catalog/";
    private const string Extension = ".json";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Provider?> _parsed;
    private readonly Func<string, byte[]> _read;

    /// <param name="ids">The providers that there are.</param>
    /// <param name="read">A provider's file, by its id.</param>
    /// <param name="parsed">Those that need not be read.</param>
    internal ProviderCatalog(
        IEnumerable<string> ids, Func<string, byte[]> read, IReadOnlyDictionary<string, Provider>? parsed = null)
    {
        Ids = [.. ids.Order(StringComparer.Ordinal)];
        _parsed = Ids.ToDictionary(id => id, id => parsed?.GetValueOrDefault(id), StringComparer.Ordinal);
        _read = read;
    }

    /// <summary>Every provider's id, in order; reading it parses nothing.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Every provider, in the order of their ids.</summary>
    /// <exception cref="DataFileException">A file breaks the format; the message names file and key.</exception>
    public IReadOnlyList<Provider> All => [.. Ids.Select(id => Find(id)!)];

    /// <summary>Every dialect that a provider speaks.</summary>
    /// <exception cref="DataFileException">A file breaks the format; the message names file and key.</exception>
    public IReadOnlyList<string> Dialects =>
        [
            .. All.SelectMany(provider => provider.Endpoints.Keys)
                .Select(EndpointWords.DialectOf)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The providers that need nothing but a key, each with the variable that holds it; files that are not parsed yet
    /// are only looked into.
    /// </summary>
    /// <exception cref="DataFileException">A file breaks the format; the message names file and key.</exception>
    internal IEnumerable<(string Id, string KeyVariable)> NeedingOnlyKey()
    {
        foreach (string id in Ids)
        {
            if (KeyVariableOf(id) is { } variable)
            {
                yield return (id, variable);
            }
        }
    }

    /// <summary>The catalog that is built into this assembly.</summary>
    public static ProviderCatalog Load() => Load([]);

    /// <summary>The catalog that is built into this assembly, and files beside it.</summary>
    /// <param name="added">Parsed at once; a later one takes the place of an earlier one of the same id.</param>
    /// <exception cref="DataFileException">
    /// One of them breaks the format, or makes no address; the message names file and key.
    /// </exception>
    public static ProviderCatalog Load(IEnumerable<ProviderFile> added)
    {
        var parsed = new Dictionary<string, Provider>(StringComparer.Ordinal);
        foreach (ProviderFile file in added)
        {
            Provider provider = CatalogFile.Parse(file.Name, file.Json.Span);
            ProviderFileCheck.Run(file.Name, provider);
            parsed[provider.Id] = provider;
        }

        return new ProviderCatalog(
            EmbeddedFile.Names(Folder).Union(parsed.Keys), id => EmbeddedFile.Read(Folder + id + Extension), parsed);
    }

    /// <summary>The provider of that id, or null where the catalog has none.</summary>
    /// <exception cref="DataFileException">Its file breaks the format; the message names file and key.</exception>
    public Provider? Find(string id)
    {
        lock (_lock)
        {
            if (!_parsed.TryGetValue(id, out Provider? provider))
            {
                return null;
            }

            return provider ?? (_parsed[id] = CatalogFile.Parse(id + Extension, _read(id)));
        }
    }

    private string? KeyVariableOf(string id)
    {
        lock (_lock)
        {
            return _parsed[id] is { } provider
                ? CatalogGlance.KeyVariable(provider)
                : CatalogGlance.KeyVariable(id + Extension, _read(id));
        }
    }
}
