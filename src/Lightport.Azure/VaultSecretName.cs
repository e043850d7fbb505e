namespace Lightport.Azure;

/// <summary>What a secret is called in a vault, whose names are letters, digits and hyphens.</summary>
internal static class VaultSecretName
{
    /// <summary><c>OPENAI_API_KEY</c> → <c>openai-api-key</c>.</summary>
    public static string For(string name) => string.Create(name.Length, name, static (characters, name) =>
    {
        for (int i = 0; i < name.Length; i++)
        {
            characters[i] = char.IsAsciiLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '-';
        }
    });
}
