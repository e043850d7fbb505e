using Microsoft.Extensions.Configuration;

namespace Lightport.Functions;

/// <summary>The configuration that is deployed with the app.</summary>
public static class ConfigurationBesideTheApp
{
    /// <summary>Names the configuration file; an app setting of that name wins.</summary>
    public const string FileSetting = "LIGHTPORT_CONFIG";

    private const string FileName = "lightport.yaml";

    /// <summary>The worker's current directory is the host's choice, so the file is sought beside the app.</summary>
    public static void PreferFileBesideTheApp(this IConfiguration configuration) =>
        configuration.PreferFileIn(AppContext.BaseDirectory);

    internal static void PreferFileIn(this IConfiguration configuration, string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (string.IsNullOrEmpty(configuration[FileSetting]) && File.Exists(path))
        {
            configuration[FileSetting] = path;
        }
    }
}
