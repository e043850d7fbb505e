namespace Lightport.Providers;

/// <summary>
/// Where a provider is and who it is: one file of the catalog. What it says is data; how it talks is a dialect.
/// </summary>
public sealed record Provider
{
    /// <summary>Lower case, as in configuration and in <c>provider/model</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The vendor's page that these facts are from.</summary>
    public required Uri Source { get; init; }

    /// <summary>The base address, without a slash at its end; may hold <c>{setting}</c> placeholders.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>
    /// Other base addresses where a setting has a certain value: the setting's name to its values to their addresses
    /// (<c>location</c>: <c>global</c> is at a host without a region). A setting that stands here and not under
    /// <see cref="Settings"/> may be left out, and has no other values.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> BaseUrlsFor { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public required ProviderAuthentication Authentication { get; init; }

    /// <summary>
    /// What may be shown in the key's place: the token of an identity that the gateway itself runs under, by its
    /// source's name (<c>entra</c>), and the scope that it is asked for.
    /// </summary>
    public IReadOnlyDictionary<string, string> Identities { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Dialect id to where and how it is spoken, preferred first; a dot and a name follow where a dialect has several.
    /// </summary>
    public required IReadOnlyDictionary<string, ProviderEndpoint> Endpoints { get; init; }

    /// <summary>Headers sent with every call.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Client headers handed on to every endpoint (<c>X-Title</c>).</summary>
    public IReadOnlyList<string> ForwardHeaders { get; init; } = [];

    /// <summary>
    /// Client headers that choose an account (<c>OpenAI-Organization</c>): handed on with the client's own key alone,
    /// for beside the operator's they would choose among the operator's accounts.
    /// </summary>
    public IReadOnlyList<string> AccountHeaders { get; init; } = [];

    /// <summary>
    /// Chooses among providers of its own by what a request says of them (<c>provider</c>, <c>models</c>): those fields
    /// are its to read.
    /// </summary>
    public bool TakesPreferences { get; init; }

    /// <summary>How this provider's keys begin, longest first: tells a bring-your-own key's provider.</summary>
    public IReadOnlyList<string> KeyPrefixes { get; init; } = [];

    /// <summary>The placeholders of the addresses, and what each is for.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What a configuration may say of where it is, with those that it may leave out.</summary>
    internal IEnumerable<string> SettingNames => Settings.Keys.Union(BaseUrlsFor.Keys);
}
