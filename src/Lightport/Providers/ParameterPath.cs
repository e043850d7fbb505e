using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Lightport.Providers;

/// <summary>
/// A field of a request body, by the names that lead to it: <c>seed</c>, <c>generationConfig.seed</c>. A dot that is
/// part of a name has a backslash before it, as has a backslash.
/// </summary>
public sealed record ParameterPath
{
    /// <summary>The most names of a path.</summary>
    public const int MaxNames = 8;

    private ParameterPath(ParameterPath? parent, string name, string text) =>
        (Parent, Name, Text) = (parent, name, text);

    /// <summary>The object that the field is in; null where it is the body itself.</summary>
    public ParameterPath? Parent { get; }

    /// <summary>The field's own name.</summary>
    public string Name { get; }

    /// <summary>The path as it is written.</summary>
    public string Text { get; }

    /// <summary>The field at the top of the body.</summary>
    public ParameterPath Top => Parent?.Top ?? this;

    public static bool TryParse(string text, [NotNullWhen(true)] out ParameterPath? path, out string? error)
    {
        path = null;
        var name = new StringBuilder();
        int names = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '\\')
            {
                i++;
                if (i == text.Length || text[i] is not ('.' or '\\'))
                {
                    error = "has a backslash that is not before a dot or a backslash";
                    return false;
                }

                name.Append(text[i]);
            }
            else if (i < text.Length && text[i] != '.')
            {
                name.Append(text[i]);
            }
            else if (name.Length == 0 || ++names > MaxNames)
            {
                error = name.Length == 0 ? "has an empty name" : $"has more than {MaxNames} names";
                return false;
            }
            else
            {
                path = new ParameterPath(path, name.ToString(), text[..i]);
                name.Clear();
            }
        }

        error = null;
        return path is not null;
    }

    /// <summary>Whether it is the other field, or one inside it.</summary>
    public bool IsWithin(ParameterPath other) => Equals(other) || (Parent?.IsWithin(other) ?? false);

    public bool Equals(ParameterPath? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
