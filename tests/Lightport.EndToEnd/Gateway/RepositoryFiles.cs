using System.Reflection;

namespace Lightport.EndToEnd.Gateway;

internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Clients { get; } = Path.Combine(Root, "tests", "Lightport.EndToEnd", "clients");

    /// <summary>What a run leaves behind for whoever looks into a failure.</summary>
    public static string Artifacts { get; } =
        Directory.CreateDirectory(Path.Combine(Root, "artifacts", "end-to-end")).FullName;

    public static string Server { get; } =
        Path.Combine(Root, "src", "Lightport.Server", "bin", Configuration(), "net10.0", "Lightport.Server.dll");

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
