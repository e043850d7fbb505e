namespace Lightport.Tests.Architecture;

/// <summary>The repository that these tests were built from, as files.</summary>
internal static class Repository
{
    private static readonly string Separator = Path.DirectorySeparatorChar.ToString();

    public static string Root { get; } = FindRoot();

    /// <summary>Every source file of the product, generated ones left out.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Files("src", "*.cs").Select(path => new SourceFile(path, Read(path)))];

    /// <summary>The core's source files.</summary>
    public static IEnumerable<SourceFile> Core => Sources.Where(file => file.Project == "Lightport");

    /// <summary>Paths below the root, with slashes, in order; build output left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        string start = Path.Combine(Root, folder);
        return !Directory.Exists(start) ? [] : Directory
            .EnumerateFiles(start, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace(Separator, "/", StringComparison.Ordinal))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"))
            .Order(StringComparer.Ordinal);
    }

    public static bool Has(string path) => File.Exists(Path.Combine(Root, path));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

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
