namespace Lightport.Cel.Functions;

/// <summary>The letters from A to Z in the other case; all other characters stay.</summary>
internal static class Ascii
{
    public static string ToLower(string text) => string.Create(text.Length, text, static (made, from) =>
    {
        for (int index = 0; index < made.Length; index++)
        {
            made[index] = char.IsAsciiLetterUpper(from[index]) ? (char)(from[index] | 0x20) : from[index];
        }
    });

    public static string ToUpper(string text) => string.Create(text.Length, text, static (made, from) =>
    {
        for (int index = 0; index < made.Length; index++)
        {
            made[index] = char.IsAsciiLetterLower(from[index]) ? (char)(from[index] & ~0x20) : from[index];
        }
    });
}
