using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads which entries of another section a route takes, each of them once: <c>context: [style]</c>.</summary>
internal static class TakenNames
{
    public static List<ModelReference> Read(Section route, string key)
    {
        string path = $"{route.Path}.{key}";
        var names = new List<ModelReference>();
        foreach (YamlNode item in Section.Items(route.Find(key), path, route.Errors))
        {
            if (Section.TextOf(item, path, route.Errors) is not { } name)
            {
                continue;
            }

            if (names.Exists(other => other.Text == name))
            {
                route.Errors.Add(item, $"'{name}' is in {path} twice.");
            }

            names.Add(new ModelReference(name, item));
        }

        return names;
    }
}
