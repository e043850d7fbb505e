using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lightport.Usage;

/// <summary>
/// A name as the value of a field in a line of text. One with white space in it would end its field and could begin the
/// next (<c>model=x status=200</c>), so it stands in quotes, as JSON has them.
/// </summary>
internal static class LogWord
{
    public static string? Of(string? name) => name is null || IsPlain(name)
        ? name
        : $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Visible ASCII without quotes, as nearly every name: nothing is made anew for it.</summary>
    private static bool IsPlain(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExceptInRange('!', '~') && !name.Contains('"');
}
