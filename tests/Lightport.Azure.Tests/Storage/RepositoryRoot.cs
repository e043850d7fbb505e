namespace Lightport.Azure.Tests.Storage;

/// <summary>The repository that these tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Folder { get; } = Find();

    private static string Find()
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
