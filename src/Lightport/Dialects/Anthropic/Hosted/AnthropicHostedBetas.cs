using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>The betas that a request asks for, as far as a cloud knows them: it refuses any that it does not.</summary>
internal static class AnthropicHostedBetas
{
    public const string Header = "anthropic-beta";

    /// <param name="names">As the header has them, with commas between.</param>
    /// <param name="losses">Told of those that are left out.</param>
    public static IReadOnlyList<string> Of(string? names, AnthropicHost host, LossLedger losses)
    {
        if (string.IsNullOrEmpty(names))
        {
            return [];
        }

        var kept = new List<string>();
        const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (string name in names.Split(',', Options))
        {
            string known = name;
            if (host.Betas?.TryGetValue(name, out known!) == false)
            {
                losses.Note("anthropic-beta");
            }
            else if (!kept.Contains(known))
            {
                kept.Add(known);
            }
        }

        return kept;
    }

    public static byte[] ToJson(IReadOnlyList<string> betas)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, JsonSettings.Writing))
        {
            writer.WriteStartArray();
            foreach (string beta in betas)
            {
                writer.WriteStringValue(beta);
            }

            writer.WriteEndArray();
        }

        return text.ToArray();
    }
}
