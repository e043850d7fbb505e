using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads the name of a secret, where one must stand.</summary>
internal static class SecretReference
{
    /// <summary>What names a secret in most places.</summary>
    public const string Key = "key";

    /// <summary>A mapping that only names one: <c>{ key: GITHUB_TOKEN }</c>.</summary>
    public static SectionKeys Keys { get; } = new(Key) { Example = "{ key: NAME_OF_A_SECRET }" };

    /// <summary>Null, and an error, where none is named; a warning where it is named and not set.</summary>
    public static string? Read(Section section, string key, ReadingContext context)
    {
        string path = $"{section.Path}.{key}";
        if (section.Find(key) is not { } at)
        {
            section.Errors.Add(section.At, $"{section.Path} needs '{key}', the name of a secret.");
            return null;
        }

        if (section.Text(key) is not { } name)
        {
            return null;
        }

        if (!SecretNames.IsName(name) || SecretNames.LooksLikeKey(name))
        {
            section.Errors.Add(at, $"{path} names a secret, never holds one; set it in the environment or the vault.");
            return null;
        }

        if (!context.Environment.SecretsElsewhere && !context.Environment.Names.Contains(name))
        {
            section.Errors.Warn(at, $"the secret {name} of {path} is not set in the environment.");
        }

        return name;
    }
}
