using System.IO.Enumeration;

namespace Lightport.Mcp;

/// <summary>A name with <c>*</c> for any letters, as configurations write tools and hosts.</summary>
internal static class NamePattern
{
    public static bool Fits(string pattern, string name, bool ignoreCase = false)
    {
        // A question mark is no letter of any name that is meant, and must not stand for one.
        return !pattern.AsSpan().ContainsAny('?', '\\')
            && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase);
    }
}
