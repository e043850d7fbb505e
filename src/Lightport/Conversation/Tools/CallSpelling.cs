using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>
/// How a provider has written what a call is made with. Clients that are told it as an object write that anew, each in
/// its own way: without white space, with numbers and escapes of their own. The provider is to be told its own again.
/// </summary>
internal static class CallSpelling
{
    /// <summary>A longer one is not carried, in bytes.</summary>
    public const int Longest = 8 * 1024;

    /// <summary>A longer whole number is not one for every client.</summary>
    private const int LongestNumber = 15;

    /// <summary>What no client escapes: browsers, .NET and Go each have letters of their own.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \"{}[]()_-.,:;?!/@#$%*=|~^");

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Whether every client that reads it writes it just so.</summary>
    public static bool IsEverybodys(string arguments)
    {
        if (arguments.AsSpan().ContainsAnyExcept(Plain) || HasSpace(arguments))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsEverybodys(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether it can be carried.</summary>
    public static bool Fits(string arguments) => Encoding.UTF8.GetByteCount(arguments) <= Longest;

    /// <summary>
    /// What was told without a spelling of its own, as it was told: clients that read it may put white space between
    /// its parts, and change nothing else.
    /// </summary>
    public static string Plainly(string arguments)
    {
        var plain = new StringBuilder(arguments.Length);
        bool isQuoted = false;
        bool isEscaped = false;
        foreach (char letter in arguments)
        {
            isQuoted ^= letter == '"' && !isEscaped;
            isEscaped = letter == '\\' && !isEscaped;
            if (isQuoted || letter is not (' ' or '\t' or '\r' or '\n'))
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    private static bool IsEverybodys(JsonElement value) => value.ValueKind switch
    {
        // Names that are numbers are what browsers put first.
        JsonValueKind.Object => value.EnumerateObject().All(
            field => field.Name is not [>= '0' and <= '9', ..] && IsEverybodys(field.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsEverybodys),
        JsonValueKind.Number => IsShortInteger(value.GetRawText()),
        _ => true,
    };

    private static bool IsShortInteger(string number) =>
        number.Length <= LongestNumber && number != "-0" && !number.AsSpan().ContainsAny(".eE");

    private static bool HasSpace(string arguments)
    {
        bool isQuoted = false;
        foreach (char letter in arguments)
        {
            isQuoted ^= letter == '"';
            if (letter == ' ' && !isQuoted)
            {
                return true;
            }
        }

        return false;
    }
}
