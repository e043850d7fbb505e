using System.IO.Enumeration;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>Which rows of usage count; in each pattern <c>*</c> stands for any run of characters.</summary>
internal sealed class UsageFilter
{
    private readonly string? _model;
    private readonly string? _provider;
    private readonly string? _route;
    private readonly string? _tag;
    private readonly (string Name, string Value)? _keyTag;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _to;

    /// <param name="from">The first hour.</param>
    /// <param name="to">The last hour.</param>
    /// <exception cref="GatewayException">A 400: the tag has no name.</exception>
    public UsageFilter(ManagementCall call, DateTimeOffset from, DateTimeOffset to)
    {
        (_from, _to) = (from, to);
        (_model, _provider) = (call.Query("model"), call.Query("provider"));
        (_route, _tag) = (call.Query("route"), call.Query("tag"));
        if (call.Query("key-tag") is { } text)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            _keyTag = colon > 0
                ? (text[..colon], text[(colon + 1)..])
                : throw GatewayException.BadRequest(
                    "'key-tag' must be a name and a value with a colon between, as in team:growth.", "key-tag");
        }
    }

    public bool Takes(UsageRow row) =>
        row.Hour >= _from
        && row.Hour <= _to
        && Fits(_model, row.Model)
        && (_provider is null || Fits(_provider, UsageGrouping.ProviderOf(row)))
        && Fits(_route, row.Route.Length == 0 ? "-" : row.Route)
        && Fits(_tag, row.Tag)
        && (_keyTag is not { } tag
            || (TagText.Find(row.KeyTags, tag.Name) is { } value && Fits(tag.Value, value)));

    private static bool Fits(string? pattern, string text) =>
        pattern is null || FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
