namespace Lightport.Cli.Output;

/// <summary>Keeps what others wrote (names, notes, models) from moving the cursor or retitling the window.</summary>
internal static class ControlCharacters
{
    /// <summary>Each becomes a space: text for one line.</summary>
    public static string Remove(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    /// <summary>All go but the ends of lines and tabs: text of several lines.</summary>
    public static string RemoveButLines(string text) =>
        text.Any(IsHarmful) ? string.Concat(text.Where(letter => !IsHarmful(letter))) : text;

    private static bool IsHarmful(char letter) => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t');
}
