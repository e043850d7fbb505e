using Microsoft.Extensions.Configuration;

namespace Lightport.Cli.Input;

/// <summary>Who makes a change, as the versions will tell.</summary>
internal static class Author
{
    /// <summary>The gateway keeps so much of it.</summary>
    private const int MostLetters = 100;

    public static string Name(IConfiguration settings)
    {
        string? named = settings["LIGHTPORT_AUTHOR"];
        string name = string.IsNullOrWhiteSpace(named) ? $"{Environment.UserName}@{Environment.MachineName}" : named;
        char[] letters = [.. name.Where(letter => !char.IsControl(letter)).Take(MostLetters)];
        return new string(letters).Trim();
    }
}
