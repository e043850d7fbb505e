namespace Lightport.Dialects.Google;

/// <summary>
/// Where requests of Google's dialects name files that were uploaded, contents that were cached, and stores to search
/// (https://ai.google.dev/gemini-api/docs/files).
/// </summary>
internal static class GoogleFiles
{
    /// <summary>Where files are that were uploaded to Google: nobody else can read them.</summary>
    public const string Uploads = "https://generativelanguage.googleapis.com/";

    public static AccountFiles Named { get; } = new(
        [
            "fileUri", "file_uri", "uri", "cachedContent", "cached_content",
            "fileSearchStoreNames", "file_search_store_names",
        ],
        [
            "args", "response", "arguments", "labels", "parameters", "parametersJsonSchema", "responseSchema",
            "responseJsonSchema", "schema",
        ],
        IsKept);

    /// <summary>A page, or what lies in Cloud Storage, is named by its address, which is no id.</summary>
    private static bool IsKept(string name) =>
        !name.Contains("://", StringComparison.Ordinal) || name.StartsWith(Uploads, StringComparison.OrdinalIgnoreCase);
}
