using System.Reflection;

namespace Lightport.Cli.Tests.Running;

/// <summary>What the tests need of the repository that they were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Tool { get; } = Built("Lightport.Cli");

    public static string Server { get; } = Built("Lightport.Server");

    public static string Sample { get; } = Path.Combine(Root, "lightport.sample.yaml");

    private static string Built(string project) =>
        Path.Combine(Root, "src", project, "bin", Configuration(), "net10.0", $"{project}.dll");

    private static string Configuration() =>
        typeof(RepositoryFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Configuration").Value!;

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lightport.Functions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository's root was not found.");
        }

        return folder.FullName;
    }
}
