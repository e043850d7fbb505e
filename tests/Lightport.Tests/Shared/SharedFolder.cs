using Lightport.Tests.Architecture;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests;

/// <summary>
/// Third parties' recordings and data, read where they are and never copied: <c>LIGHTPORT_SHARED</c>, else the folder
/// <c>shared</c> beside the repository. Tests of it are skipped, and so counted, where it is not.
/// </summary>
internal static class SharedFolder
{
    private static readonly string Root =
        new ConfigurationBuilder().AddEnvironmentVariables().Build()["LIGHTPORT_SHARED"]
        ?? Path.Combine(Repository.Root, "..", "shared");

    /// <param name="folder">A folder in it, with slashes (<c>vectors/sse-vectors</c>).</param>
    public static string PathOf(string folder) => Path.Combine([Root, .. folder.Split('/')]);

    /// <summary>Why a test of the folder cannot run; null where it can.</summary>
    public static string? Missing(string folder) =>
        Directory.Exists(PathOf(folder)) ? null : $"There is no {folder} in the shared folder of this machine.";
}
