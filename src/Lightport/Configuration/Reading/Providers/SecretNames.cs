namespace Lightport.Configuration.Reading;

/// <summary>Tells the name of a secret from a secret that was written in its place.</summary>
internal static class SecretNames
{
    private const int Longest = 127;

    private static readonly string[] KeyStarts =
        ["sk-", "gsk_", "AIza", "xai-", "pplx-", "hf_", "nvapi-", "r8_", "fw_", "AKIA", "eyJ", "ghp_", "github_pat_"];

    /// <summary>Letters, digits and <c>_ - .</c>: what a variable or a vault can be asked for.</summary>
    public static bool IsName(string text) =>
        text.Length <= Longest && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');

    /// <summary>Begins as vendors' keys do, or is a long run of digits and letters without a word in it.</summary>
    public static bool LooksLikeKey(string text) =>
        text.StartsWith("sk-", StringComparison.Ordinal)
        || (text.Length >= 20 && Array.Exists(KeyStarts, start => text.StartsWith(start, StringComparison.Ordinal)))
        || (text.Length >= 32 && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetter)
            && !text.AsSpan().ContainsAny("-_."));
}
