using Lightport.Cel;

namespace Lightport.Exchanges.Rules;

/// <summary>A key's tags.</summary>
internal sealed class TagMap(IReadOnlyDictionary<string, string> tags) : CelMap
{
    public override int Count => tags.Count;

    public override IEnumerable<CelValue> Keys => tags.Keys.Select(CelValue.Of);

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        string? text = key.Kind == CelKind.String ? tags.GetValueOrDefault(key.AsString()) : null;
        value = text is null ? default : CelValue.Of(text);
        return text is not null;
    }
}
