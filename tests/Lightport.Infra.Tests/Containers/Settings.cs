using System.Text.RegularExpressions;

namespace Lightport.Infra.Tests.Containers;

/// <summary>The names that Server's environment can have a meaning for.</summary>
internal static partial class Settings
{
    /// <summary>The code's own, the catalog's keys, and the platform's.</summary>
    public static IReadOnlySet<string> Known { get; } = new HashSet<string>(
    [
        .. Find("src", "*.cs", OwnName()),
        .. Find("src/Lightport/Providers/Catalog", "*.json", KeyName()),
        "ASPNETCORE_URLS", "DOTNET_EnableDiagnostics",
    ]);

    private static IEnumerable<string> Find(string folder, string pattern, Regex name) =>
        from path in Repository.Files(folder, pattern)
        where !path.StartsWith("src/Lightport.Cli/", StringComparison.Ordinal)
        from match in name.Matches(Repository.Read(path))
        select match.Groups[1].Value;

    [GeneratedRegex(@"""(LIGHTPORT_[A-Z_]+)""")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"""key"": ""([A-Z0-9_]+)""")]
    private static partial Regex KeyName();
}
