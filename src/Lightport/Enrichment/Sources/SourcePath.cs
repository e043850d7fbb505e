namespace Lightport.Enrichment.Sources;

/// <summary>Where a path leads to, when all links in it are followed.</summary>
internal static class SourcePath
{
    /// <summary>Null where nothing is there.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string? Resolve(string path)
    {
        string whole = Path.GetFullPath(path);
        string? parent = Path.GetDirectoryName(whole);
        if (parent is null)
        {
            return whole;
        }

        if (Resolve(parent) is not { } folder)
        {
            return null;
        }

        string here = Path.Combine(folder, Path.GetFileName(whole));
        FileSystemInfo found = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return !found.Exists ? null
            : found.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Resolve(target.FullName)
            : here;
    }
}
