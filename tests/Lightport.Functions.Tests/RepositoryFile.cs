using System.Text.Json;

namespace Lightport.Functions.Tests;

/// <summary>A file at the repository's root, strictly read: no comments, no trailing commas.</summary>
internal static class RepositoryFile
{
    public static string Path(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Lightport.Functions.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("Run the tests inside the repository.");
        }

        return System.IO.Path.Combine(folder, name);
    }

    public static JsonElement Json(string name) => JsonElement.Parse(File.ReadAllText(Path(name)));
}
