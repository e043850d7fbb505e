using System.Globalization;
using System.Text;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Names of a request's documents: letters, digits, single spaces, hyphens, parentheses and brackets, and no two alike
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html).
/// </summary>
internal sealed class AwsConverseDocumentNames
{
    private const int Longest = 200;
    private const int RoomForNumber = 8;

    private readonly Dictionary<string, int> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the next document, by the client's name for it.</summary>
    public string Next(string? filename)
    {
        string name = Clean(filename ?? "");
        int count = _taken[name] = _taken.GetValueOrDefault(name) + 1;
        if (count == 1)
        {
            return name;
        }

        string numbered = string.Create(CultureInfo.InvariantCulture, $"{name} ({count})");
        return _taken.TryAdd(numbered, 1) ? numbered : Next(filename);
    }

    private static string Clean(string filename)
    {
        var name = new StringBuilder(filename.Length);
        foreach (char letter in filename)
        {
            bool stays = char.IsAsciiLetterOrDigit(letter) || letter is '-' or '(' or ')' or '[' or ']';
            if (stays || (name.Length > 0 && name[^1] != ' '))
            {
                name.Append(stays ? letter : ' ');
            }

            if (name.Length == Longest - RoomForNumber)
            {
                break;
            }
        }

        string clean = name.ToString().TrimEnd();
        return clean.Length == 0 ? "document" : clean;
    }
}
