using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Providers;

/// <summary>Where the repository is, and whether its pages are to be written.</summary>
internal static class RepositoryFolder
{
    private static readonly IConfiguration Settings =
        new ConfigurationBuilder().AddEnvironmentVariables("LIGHTPORT_").Build();

    public static string Root { get; } = FindRoot();

    /// <summary>Whether pages made from data are to be written instead of compared.</summary>
    public static bool WritesDocuments { get; } = Settings["WRITE_DOCS"] == "1";

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Lightport.Functions.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
