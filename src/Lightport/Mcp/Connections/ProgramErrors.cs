using System.Text;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Reads what a program says on its standard error, to its end: what nobody reads would fill its pipe, and hold the
/// program up.
/// </summary>
internal static class ProgramErrors
{
    /// <summary>In characters; the rest of a line is passed over.</summary>
    private const int LongestLine = 256;

    /// <param name="said">Is told each line that says something.</param>
    public static async Task ReadAsync(TextReader errors, Action<string> said)
    {
        char[] letters = new char[4096];
        var line = new StringBuilder(LongestLine);
        try
        {
            int read;
            while ((read = await errors.ReadAsync(letters).ConfigureAwait(false)) > 0)
            {
                foreach (char letter in letters.AsSpan(0, read))
                {
                    if (letter == '\n')
                    {
                        Tell(line, said);
                    }
                    else if (line.Length < LongestLine)
                    {
                        line.Append(letter);
                    }
                }
            }

            Tell(line, said);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program was ended while it said something.
        }
    }

    private static void Tell(StringBuilder line, Action<string> said)
    {
        string text = line.ToString().Trim();
        line.Clear();
        if (text.Length > 0)
        {
            said(text);
        }
    }
}
