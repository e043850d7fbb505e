using System.Text;
using Microsoft.Extensions.Configuration;

namespace Lightport.Cli.Input;

/// <summary>Takes keys from where they may stand: the environment, a file, standard input. Never an argument.</summary>
internal sealed class KeyReader(IConfiguration settings, Documents documents)
{
    private const int MostBytes = 4096;

    /// <param name="file">A path, or <c>-</c>; null for the environment.</param>
    /// <returns>Null where there is none.</returns>
    public string? AdminKey(string? file) => file is null
        ? Clean(settings["LIGHTPORT_ADMIN_KEY"], "LIGHTPORT_ADMIN_KEY")
        : Clean(Encoding.UTF8.GetString(documents.Read(file, MostBytes).Span), $"--admin-key-file {file}")
            ?? throw new CommandFailure(ExitCodes.WrongUse, $"There is no key in {file}.");

    public string? ClientKey() => Clean(settings["LIGHTPORT_KEY"], "LIGHTPORT_KEY");

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
