namespace Lightport.Providers;

/// <summary>The data files that are built into this assembly.</summary>
internal static class EmbeddedFile
{
    private const string Json = ".json";

    /// <summary>The files of a folder, without their ending.</summary>
    /// <param name="folder">With a slash at the end.</param>
    public static HashSet<string> Names(string folder) =>
    [
        .. typeof(EmbeddedFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => name[folder.Length..^Json.Length]),
    ];

    public static byte[] Read(string name)
    {
        using Stream stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its data file '{name}'.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
