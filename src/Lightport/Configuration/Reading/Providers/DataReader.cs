using Lightport.Configuration.Yaml;
using Lightport.Routing;
using Lightport.Routing.Preferences;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads what is said of a provider, or of one of its targets, that a request may ask for:
/// <c>data: { retention: none, training: never }</c> and <c>quantization: fp8</c>.
/// </summary>
internal static class DataReader
{
    public const string Key = "data";
    public const string QuantizationKey = "quantization";

    private static readonly SectionKeys Keys = new(["retention", "training"], []);

    private static readonly Dictionary<string, bool> Retention = new() { ["none"] = true, ["kept"] = false };

    private static readonly Dictionary<string, bool> Training = new() { ["never"] = true, ["allowed"] = false };

    public static DataPolicy Read(Section owner) =>
        owner.Find(Key) is { } node && Section.Read(node, $"{owner.Path}.{Key}", Keys, owner.Errors) is { } section
            ? new DataPolicy(section.Word("retention", Retention), section.Word("training", Training))
            : DataPolicy.Unsaid;

    public static string? Quantization(Section owner)
    {
        string? word = owner.Text(QuantizationKey);
        if (word is null || Quantizations.All.Contains(word))
        {
            return word;
        }

        owner.Errors.Add(
            owner.Find(QuantizationKey)!,
            $"'{word}' in {owner.Path}.{QuantizationKey} is not known; the words are "
                + $"{string.Join(", ", Quantizations.All)}.");
        return null;
    }
}
