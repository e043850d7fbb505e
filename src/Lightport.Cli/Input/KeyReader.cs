using System.Text;
using Microsoft.Extensions.Configuration;

namespace Lightport.Cli.Input;

/// <summary>Takes keys from where they may stand: the environment, a file, standard input. Never an argument.</summary>
internal sealed class KeyReader(IConfiguration settings, Documents documents)
{
    /// <summary>A token of somebody in many groups has some thousands.</summary>
    private const int MostBytes = 16 * 1024;

    /// <param name="file">A path, or <c>-</c>; null for the environment.</param>
    /// <returns>Null where there is none.</returns>
    public string? AdminKey(string? file) => Read(file, "--admin-key-file", "LIGHTPORT_ADMIN_KEY");

    /// <summary>What an issuer gave to whoever runs the tool.</summary>
    /// <param name="file">A path, or <c>-</c>; null for the environment.</param>
    /// <returns>Null where there is none.</returns>
    public string? Token(string? file) => Read(file, "--token-file", "LIGHTPORT_TOKEN");

    public string? ClientKey() => Clean(settings["LIGHTPORT_KEY"], "LIGHTPORT_KEY");

    private string? Read(string? file, string option, string variable) => file is null
        ? Clean(settings[variable], variable)
        : Clean(Encoding.UTF8.GetString(documents.Read(file, MostBytes).Span), $"{option} {file}")
            ?? throw new CommandFailure(ExitCodes.WrongUse, $"There is no key in {file}.");

    /// <summary>A key goes into a header, so it may hold nothing that would end it there.</summary>
    private static string? Clean(string? text, string source)
    {
        string? key = text?.Trim();
        return string.IsNullOrEmpty(key) ? null
            : key.Length <= MostBytes && key.All(letter => letter is > ' ' and < '\x7f') ? key
            : throw new CommandFailure(ExitCodes.WrongUse, $"{source} is no key: a key is one word of ASCII letters, "
                + "digits and signs.");
    }
}
