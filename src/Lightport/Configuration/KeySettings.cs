using Microsoft.Extensions.Configuration;

namespace Lightport.Configuration;

/// <summary>Keys that are set where the gateway runs, and that callers must be able to show.</summary>
internal static class KeySettings
{
    /// <summary>A key that is set and that nobody can show would lock everybody out, in silence.</summary>
    /// <param name="shortest">Fewer characters can be guessed.</param>
    /// <exception cref="ConfigurationException">It is such a key; the message does not hold it.</exception>
    public static void Check(IConfiguration settings, string name, int shortest = 1)
    {
        if (settings[name] is not { Length: > 0 } set)
        {
            return;
        }

        string key = set.Trim();
        string? wrong = true switch
        {
            _ when key.Length == 0 => "is blank",
            _ when key.AsSpan().ContainsAnyExceptInRange('!', '~') => "holds a character that no header can carry",
            _ when key.Length < shortest => $"has {key.Length} characters, and so few can be guessed",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ConfigurationException(
                $"{name} {wrong}; set it to a random text of at least {Math.Max(shortest, 16)} letters and digits, "
                + "or remove it.");
        }
    }
}
