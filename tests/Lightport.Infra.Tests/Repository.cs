namespace Lightport.Infra.Tests;

/// <summary>The repository that these tests were built from, as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths below the root, with slashes, in order; what builds leave behind is left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Full(folder), pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether a file or a folder is there.</summary>
    public static bool Has(string path) => Path.Exists(Full(path));

    public static string Read(string path) => File.ReadAllText(Full(path));

    public static string Full(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Lightport.Functions.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("Run the tests inside the repository.");
        }

        return folder;
    }
}
