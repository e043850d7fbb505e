namespace Lightport.Infra.Tests.Bicep;

/// <summary>The settings that the function app is given.</summary>
internal static class AppSettings
{
    /// <summary>Each setting's name and the expression of its value.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = BicepFile.All
        .SelectMany(file => file.Resources)
        .Single(resource => resource.Text("name") == "appsettings")
        .Body.Value("properties")!
        .Properties()
        .ToDictionary(setting => setting.Key, setting => setting.Value.Text);
}
