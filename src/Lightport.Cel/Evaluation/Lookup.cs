using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary>Fields, keys and indices: what is there is found, and what is not is null.</summary>
internal static class Lookup
{
    /// <returns>Null where the field is missing; an error where there can be none.</returns>
    public static CelValue? Field(in CelValue operand, string field)
    {
        switch (operand.Kind)
        {
            case CelKind.Object:
                return operand.Host.TryGetField(field, out CelValue value) ? value : null;
            case CelKind.Map:
                return operand.Entries.TryGet(CelValue.Of(field), out CelValue entry) ? entry : null;
            case CelKind.Error:
                return operand;
            default:
                return CelValue.Error(
                    $"no such key: {field}; a value of the kind {Display.KindName(operand)} has no fields");
        }
    }

    /// <returns>Null where the key or index is missing; an error where it is of the wrong kind.</returns>
    public static CelValue? Item(in CelValue operand, in CelValue key) => operand.Kind switch
    {
        CelKind.Error => operand,
        _ when key.IsError => key,
        CelKind.List => Element(operand.Items, key),
        CelKind.Map => operand.Entries.TryGet(key, out CelValue entry) ? entry : null,
        CelKind.Object when key.Kind == CelKind.String => Field(operand, key.Text),
        _ => Failure.NoOverload("_[_]", operand, key),
    };

    private static CelValue? Element(CelList list, in CelValue key)
    {
        CelValue index = KeyComparer.Canonical(key);
        return index.Kind != CelKind.Int ? CelValue.Error($"a list has no index {key}")
            : index.Bits >= 0 && index.Bits < list.Count ? list[(int)index.Bits]
            : null;
    }
}
