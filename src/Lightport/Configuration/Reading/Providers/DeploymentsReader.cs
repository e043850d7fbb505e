using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads a provider's <c>deployments: { vision-a: gpt-4o-mini }</c>: of names that this installation gave models there,
/// which models they are.
/// </summary>
internal static class DeploymentsReader
{
    public const string Key = "deployments";

    /// <returns>The model's own name by the name that it has here, whatever its case.</returns>
    public static IReadOnlyDictionary<string, string> Read(Section provider)
    {
        var models = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string path = $"{provider.Path}.{Key}";
        foreach ((ScalarNode name, YamlNode value) in Section.Entries(provider.Find(Key), path, provider.Errors))
        {
            if (name.Value.Contains('*', StringComparison.Ordinal))
            {
                provider.Errors.Add(name, $"{path} has '{name.Value}'; say each deployment by its whole name.");
            }
            else if (Section.TextOf(value, $"{path}.{name.Value}", provider.Errors) is { } model
                && !models.TryAdd(name.Value, model))
            {
                provider.Errors.Add(name, $"{path} has '{name.Value}' twice, as case makes no difference; keep one.");
            }
        }

        return models;
    }
}
