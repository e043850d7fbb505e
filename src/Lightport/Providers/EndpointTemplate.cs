using System.Text;

namespace Lightport.Providers;

/// <summary>
/// An endpoint's address with its settings filled in and, where the vendor wants it there, a place for the model. What
/// a client names as model can fill one segment of the path and nothing else: never reach host, path or query.
/// </summary>
internal sealed class EndpointTemplate
{
    private const string ModelPlaceholder = "model";

    private readonly string _template;
    private readonly Uri? _fixed;

    private EndpointTemplate(string template)
    {
        _template = template;
        _fixed = template.Contains('{', StringComparison.Ordinal) ? null : Address(template);
    }

    /// <param name="baseUrl">The provider's base, which may hold <c>{setting}</c>s.</param>
    /// <param name="path">What is appended to the base; a whole address (<c>https://…</c>) stands alone.</param>
    /// <param name="settings">Values for the placeholders.</param>
    /// <exception cref="EndpointTemplateException">A setting is missing or has no place in an address.</exception>
    public static EndpointTemplate Create(
        string baseUrl,
        string path,
        IReadOnlyDictionary<string, string> settings)
    {
        bool whole = path.Contains("://", StringComparison.Ordinal) || path.StartsWith('{');
        string template = Fill(whole ? path : baseUrl.TrimEnd('/') + path, settings);
        int place = template.IndexOf("{model}", StringComparison.Ordinal);
        if (place >= 0 && place < PathStart(template))
        {
            throw new EndpointTemplateException(ModelPlaceholder, $"'{template}' names its host by the model.");
        }

        return new EndpointTemplate(template);
    }

    /// <summary>
    /// Fills in the settings and leaves <c>{model}</c>. A setting that begins the template is a whole address; one in
    /// the host is a name there; anywhere else it is escaped.
    /// </summary>
    /// <exception cref="EndpointTemplateException">A setting is missing or has no place in an address.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> settings)
    {
        var filled = new StringBuilder(template.Length + 32);
        int position = 0;
        foreach (string name in Placeholders(template))
        {
            int open = template.IndexOf('{', position);
            filled.Append(template, position, open - position);
            position = open + name.Length + 2;
            filled.Append(name == ModelPlaceholder ? "{model}" : Setting(name, settings, filled.ToString()));
        }

        return filled.Append(template, position, template.Length - position).ToString();
    }

    /// <summary>The names between braces, in order, <c>model</c> among them.</summary>
    public static IEnumerable<string> Placeholders(string template)
    {
        int open = template.IndexOf('{', StringComparison.Ordinal);
        while (open >= 0)
        {
            int close = template.IndexOf('}', open);
            if (close < 0)
            {
                throw new EndpointTemplateException(template[(open + 1)..], $"'{template}' has a brace left open.");
            }

            yield return template[(open + 1)..close];
            open = template.IndexOf('{', close);
        }
    }

    /// <summary>The address for a model, as the provider names it.</summary>
    /// <exception cref="EndpointTemplateException">The model's name cannot stand in a path.</exception>
    public Uri Expand(string model)
    {
        if (_fixed is not null)
        {
            return _fixed;
        }

        bool unsafeName = model.Length == 0
            || model is "."
            || model.Contains("..", StringComparison.Ordinal)
            || model.Any(c => char.IsControl(c) || char.IsSurrogate(c));
        return unsafeName
            ? throw new EndpointTemplateException(ModelPlaceholder, "The model's name cannot stand in an address.")
            : Address(_template.Replace("{model}", Escaped(model), StringComparison.Ordinal));
    }

    /// <summary>The sign before Google's versions (<c>claude-x@20250929</c>) stands as it is in a path.</summary>
    private static string Escaped(string model) =>
        Uri.EscapeDataString(model).Replace("%40", "@", StringComparison.Ordinal);

    private static string Setting(string name, IReadOnlyDictionary<string, string> settings, string before)
    {
        if (!settings.TryGetValue(name, out string? value) || value.Length == 0)
        {
            throw new EndpointTemplateException(name, $"The setting '{name}' is missing; the address is made with it.");
        }

        if (before.Length == 0)
        {
            return WholeAddress(name, value);
        }

        if (before.Length >= PathStart(before))
        {
            return value is "." or ".." ? throw Misplaced(name, "a part of a path") : Uri.EscapeDataString(value);
        }

        return value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            ? value
            : throw Misplaced(name, "a host name or a part of one");
    }

    private static string WholeAddress(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address is { UserInfo: "", Query: "", Fragment: "" }
        && value.AsSpan().IndexOfAny('{', '}') < 0
            ? value.TrimEnd('/')
            : throw Misplaced(name, "an http or https address without a query");

    private static EndpointTemplateException Misplaced(string name, string wanted) =>
        new(name, $"The setting '{name}' must be {wanted}.");

    /// <summary>Where the path begins; the end of the text or beyond while the host is not yet complete.</summary>
    private static int PathStart(string template)
    {
        int scheme = template.IndexOf("://", StringComparison.Ordinal);
        int slash = template.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0 ? int.MaxValue : slash;
    }

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        ? address
        : throw new EndpointTemplateException("base-url", $"'{text}' is not an address.");
}
