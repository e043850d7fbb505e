using Lightport.Admission;
using Lightport.Configuration.Yaml;
using Lightport.Storage;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>keys</c>: the client keys, by their hash.</summary>
internal static class KeysReader
{
    private static readonly SectionKeys Keys = new(
        "name", "sha256", "models", "tags", "expires", "disabled", "limits")
    {
        OtherWords = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "sha256",
            ["hash"] = "sha256",
            ["budget"] = "limits",
            ["max_budget"] = "limits",
            ["max-budget"] = "limits",
            ["budget_duration"] = "limits",
            ["rpm"] = "limits",
            ["rpm_limit"] = "limits",
            ["requests-per-minute"] = "limits",
            ["tpm"] = "limits",
            ["tpm_limit"] = "limits",
            ["tokens-per-minute"] = "limits",
            ["max_parallel_requests"] = "limits",
            ["concurrent"] = "limits",
            ["duration"] = "expires",
            ["team_id"] = "tags",
            ["metadata"] = "tags",
            ["team"] = "tags",
        },
    };

    private const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static IReadOnlyList<ClientKey> Read(YamlNode? node, ConfigurationErrors errors)
    {
        var keys = new List<ClientKey>();
        foreach (YamlNode item in Section.Items(node, "keys", errors))
        {
            if (Section.Read(item, "keys", Keys, errors) is { } section && ReadKey(section) is { } key)
            {
                if (keys.Exists(other => other.Caller.Name == key.Caller.Name))
                {
                    errors.Add(section.Find("name")!, "another key has this name; give each its own.");
                }

                if (keys.Exists(other => other.Hash.Equals(key.Hash)))
                {
                    errors.Add(section.Find("sha256")!, "another key has this sha256; give each client its own key.");
                }

                keys.Add(key);
            }
        }

        return keys;
    }

    private static ClientKey? ReadKey(Section section)
    {
        string? name = Required(section, "name", "what logs and usage call it");
        string? digits = Required(section, "sha256", "the hash of the key: printf %s \"$KEY\" | sha256sum");
        KeyHash? hash = digits is null ? null : Hash(digits, section);
        ModelAllowList models = section.Find("models") is { } list
            ? Models(list, "keys.models", section.Errors)
            : ModelAllowList.Every;
        Dictionary<string, string> tags = Tags(section, "keys.tags");
        DateTimeOffset? expires = Expires(section);
        bool disabled = section.Boolean("disabled") ?? false;
        LimitAmounts? limits = LimitAmountsReader.Read(section.Find("limits"), "keys.limits", section.Errors);
        return name is null || hash is null ? null
            : new ClientKey(hash.Value, new Caller(name, hash.Value.Id)
            {
                Models = models,
                Tags = tags,
                Limits = limits,
            })
            {
                Expires = expires,
                Disabled = disabled,
            };
    }

    private static string? Required(Section section, string key, string meaning)
    {
        if (section.Find(key) is null)
        {
            section.Errors.Add(section.At, $"a key needs '{key}' ({meaning}).");
        }

        return section.Text(key);
    }

    private static KeyHash? Hash(string digits, Section section)
    {
        KeyHash? hash = KeyHash.Parse(digits);
        string? error = true switch
        {
            _ when hash is null => "sha256 must be the key's SHA-256 in 64 hexadecimal digits, never the key itself.",
            _ when digits.Equals(HashOfNothing, StringComparison.OrdinalIgnoreCase) =>
                "sha256 is that of an empty key; hash the key itself.",
            _ => null,
        };
        if (error is not null)
        {
            section.Errors.Add(section.Find("sha256")!, error);
        }

        return error is null ? hash : null;
    }

    /// <param name="path">How errors name the list.</param>
    public static ModelAllowList Models(YamlNode list, string path, ConfigurationErrors errors)
    {
        string[] globs = [.. Section.Items(list, path, errors)
            .Select(item => Section.TextOf(item, path, errors))
            .OfType<string>()];
        if (globs.Length == 0)
        {
            errors.Warn(list, "whoever has an empty list of models may use none; leave 'models' out to allow all.");
        }

        return new ModelAllowList(globs);
    }

    /// <param name="path">How errors name them.</param>
    public static Dictionary<string, string> Tags(Section section, string path)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((ScalarNode tag, YamlNode value) in Section.Entries(section.Find("tags"), path, section.Errors))
        {
            tags[tag.Value] = Section.TextOf(value, $"{path}.{tag.Value}", section.Errors) ?? "";
        }

        return tags;
    }

    private static DateTimeOffset? Expires(Section section)
    {
        if (section.Text("expires") is not { } text)
        {
            return null;
        }

        if (Moments.Parse(text) is { } moment)
        {
            return moment;
        }

        section.Errors.Add(section.Find("expires")!, "expires must be a day or a moment, UTC unless it says otherwise, "
            + "as in 2027-01-01 or 2027-01-01T12:00:00Z.");
        return null;
    }
}
