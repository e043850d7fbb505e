namespace Lightport.Configuration.Reading;

/// <summary>The names that the <c>match</c> of a limit can mean.</summary>
/// <param name="Keys">Null where others than the document's own come in: managed keys and identities.</param>
internal sealed record LimitNames(
    IReadOnlySet<string> Providers, IReadOnlySet<string> Routes, IReadOnlySet<string>? Keys)
{
    /// <summary>An entry of <c>models</c>, or <c>provider/model</c> as a client may ask for it.</summary>
    public bool HasRoute(string name) => Routes.Contains(name)
        || (name.IndexOf('/', StringComparison.Ordinal) is > 0 and int end && Providers.Contains(name[..end]));
}
