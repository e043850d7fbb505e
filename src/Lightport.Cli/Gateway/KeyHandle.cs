using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>
/// Finds the key that a person means: by its whole id, which is taken at its word, by its name, or by the first
/// characters of its id.
/// </summary>
internal static class KeyHandle
{
    private const int IdLength = 16;
    private const int MostListed = 5;

    /// <returns>The key's id.</returns>
    /// <exception cref="CommandFailure">No key is meant, or several are.</exception>
    public static async Task<string> ResolveAsync(
        GatewayClient gateway, string handle, CancellationToken cancellationToken)
    {
        if (handle.Length == IdLength && handle.All(char.IsAsciiHexDigitLower))
        {
            return handle;
        }

        var named = new List<KeyEntry>();
        var begun = new List<KeyEntry>();
        await foreach ((_, KeyList page) in KeyPages.ReadAsync(gateway, cancellationToken))
        {
            foreach (KeyEntry key in (page.Keys ?? []).Select(Read))
            {
                if (key.Name == handle)
                {
                    named.Add(key);
                }
                else if (key.Id.StartsWith(handle, StringComparison.Ordinal))
                {
                    begun.Add(key);
                }
            }
        }

        List<KeyEntry> meant = named.Count > 0 ? named : begun;
        return meant.Count == 1 ? meant[0].Id : throw Unclear(handle, meant);
    }

    /// <exception cref="JsonException">It is no key.</exception>
    public static KeyEntry Read(JsonElement key) =>
        key.Deserialize(CliJsonContext.Default.KeyEntry) ?? throw new JsonException("null");

    private static CommandFailure Unclear(string handle, List<KeyEntry> meant) => meant.Count == 0
        ? new CommandFailure(ExitCodes.Refused, $"No key has the name '{handle}', and no id begins so.")
        {
            Code = "key_not_found",
            Advice = "Run `lightport keys list` to see those that there are.",
        }
        : new CommandFailure(ExitCodes.WrongUse, $"'{handle}' is {meant.Count} keys: {Listed(meant)}.")
        {
            Code = "ambiguous_key",
            Advice = "Name one by its id.",
        };

    private static string Listed(List<KeyEntry> keys) =>
        string.Join(", ", keys.Take(MostListed).Select(key => $"{key.Id} ({key.Name}, {key.Status})"))
        + (keys.Count > MostListed ? " …" : "");
}
