using Lightport.Providers;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// Fields inside the objects of a body. A change to one rewrites the value of the field at the top that holds it, and
/// nothing else; what is not there, or is no object, is not read.
/// </summary>
internal static class NestedFields
{
    /// <summary>A field's JSON text as the edits so far leave it; false where there is no such field.</summary>
    public static bool TryGetValue(this BodyPatch patch, ParameterPath field, out ReadOnlySpan<byte> value)
    {
        if (field.Parent is null)
        {
            return patch.TryGetValue(field.Name, out value);
        }

        value = default;
        return patch.TryGetValue(field.Parent, out ReadOnlySpan<byte> parent)
            && JsonObjectText.IsObject(parent)
            && JsonObjectText.TryGet(parent, field.Name, out value);
    }

    /// <summary>
    /// Replaces a field's value, or adds the field and the objects that lead to it; false where one of them is there
    /// and no object.
    /// </summary>
    /// <param name="value">JSON text.</param>
    public static bool TrySet(this BodyPatch patch, ParameterPath field, ReadOnlySpan<byte> value)
    {
        if (field.Parent is null)
        {
            patch.Set(field.Name, value);
            return true;
        }

        // A null says as little as nothing at all.
        if (!patch.TryGetValue(field.Parent, out ReadOnlySpan<byte> parent) || parent.SequenceEqual("null"u8))
        {
            parent = "{}"u8;
        }

        return JsonObjectText.IsObject(parent)
            && patch.TrySet(field.Parent, JsonObjectText.With(parent, field.Name, value));
    }

    public static void Remove(this BodyPatch patch, ParameterPath field)
    {
        if (field.Parent is null)
        {
            patch.Remove(field.Name);
        }
        else if (patch.TryGetValue(field, out _) && patch.TryGetValue(field.Parent, out ReadOnlySpan<byte> parent))
        {
            patch.TrySet(field.Parent, JsonObjectText.Without(parent, field.Name));
        }
    }
}
