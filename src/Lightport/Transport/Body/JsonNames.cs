namespace Lightport.Transport.Body;

/// <summary>
/// Compares the names of fields as the most lenient servers do. Go's decoder takes <c>Model</c> for <c>model</c>, and
/// folds the long s and the Kelvin sign into s and k (https://pkg.go.dev/encoding/json#Unmarshal): what differs here
/// by such letters only may be one field there.
/// </summary>
internal static class JsonNames
{
    private const char LongS = '\u017F';
    private const char Kelvin = '\u212A';

    public static bool AreSame(string one, string other) =>
        one.Length == other.Length
        && (one.Equals(other, StringComparison.OrdinalIgnoreCase)
            || Fold(one).Equals(Fold(other), StringComparison.OrdinalIgnoreCase));

    /// <summary>The name with s and k for the two letters that are folded into them.</summary>
    public static string Fold(string name) =>
        name.AsSpan().ContainsAny(LongS, Kelvin) ? name.Replace(LongS, 's').Replace(Kelvin, 'k') : name;
}
