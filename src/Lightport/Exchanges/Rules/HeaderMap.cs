using Lightport.Cel;
using Lightport.Routing.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// The client's headers, by their names in lower case. One that was sent several times has all its values, with commas
/// between: none of them hides another. Headers that carry keys are not there.
/// </summary>
internal sealed class HeaderMap(IHeaderDictionary headers) : CelMap
{
    public override int Count => Names().Count();

    public override IEnumerable<CelValue> Keys => Names().Select(CelValue.Of);

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        value = default;
        if (key.Kind != CelKind.String || key.AsString() is not { } name || !IsShown(name)
            || !headers.TryGetValue(name, out StringValues values))
        {
            return false;
        }

        value = CelValue.Of(values.Count == 1 ? values[0] ?? "" : string.Join(", ", values.AsEnumerable()));
        return true;
    }

    private IEnumerable<string> Names() => headers.Keys.Select(name => name.ToLowerInvariant()).Where(IsShown);

    private static bool IsShown(string name) =>
        !name.AsSpan().ContainsAnyInRange('A', 'Z') && !HeaderPrivacy.IsHidden(name);
}
