using System.Globalization;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Storage;

/// <summary>Configurations to store.</summary>
internal static class Contents
{
    public static ChangeNote Note { get; } = new("jane@contoso.com", "fallback for fast");

    public static ConfigurationContent Small { get; } = new(
        "providers:\n  openai: {}   # ours\nmodels:\n  fast: openai/gpt-4o-mini\n",
        [new("provider", "openai", 0, "{}"), new("model", "fast", 1, "\"openai/gpt-4o-mini\"")]);

    public static ConfigurationContent Models(int count, string tag = "a") => new(
        $"# {tag}",
        [
            .. Enumerable.Range(0, count).Select(number =>
                new ConfigurationEntry("model", Name(number), number, $"\"openai/{tag}-{number}\"")),
        ]);

    /// <summary>A document that nothing makes smaller, of about so many bytes.</summary>
    public static ConfigurationContent Random(int bytes)
    {
        var noise = new byte[bytes];
        new Random(7).NextBytes(noise);
        return new(Convert.ToBase64String(noise), []);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"model-{number:D5}");
}
