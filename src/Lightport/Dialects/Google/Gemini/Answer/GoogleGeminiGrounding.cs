using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// What an answer rests on, as citations of its text: what was searched
/// (https://ai.google.dev/api/generate-content#GroundingMetadata), and what it repeats
/// (https://ai.google.dev/api/generate-content#citationmetadata). Places are told in bytes of UTF-8.
/// </summary>
internal static class GoogleGeminiGrounding
{
    public static int CountSearches(JsonElement metadata) => metadata.ItemsOf("webSearchQueries").Count();

    /// <param name="metadata">A candidate's <c>groundingMetadata</c>.</param>
    /// <param name="text">The text told so far in the part that is cited in.</param>
    /// <param name="before">How much of the answer's text stands before it.</param>
    public static IEnumerable<Citation> Read(JsonElement metadata, string text, int before)
    {
        CitationSource?[] sources = [.. metadata.ItemsOf("groundingChunks").Select(Source)];
        if (sources.Length == 0)
        {
            yield break;
        }

        var places = new GoogleGeminiPlaces(text, before);
        bool isSupported = false;
        foreach (JsonElement support in metadata.ItemsOf("groundingSupports"))
        {
            CitationSource[] named = [.. support.ItemsOf("groundingChunkIndices")
                .Select(index => Named(sources, index)).OfType<CitationSource>()];
            if (named.Length > 0)
            {
                isSupported = true;
                yield return places.Placed(new Citation(named), support.ObjectOf("segment"));
            }
        }

        if (!isSupported)
        {
            // Something was found, and nothing says for which words.
            foreach (CitationSource source in sources.OfType<CitationSource>())
            {
                yield return new Citation(source);
            }
        }
    }

    /// <param name="metadata">A candidate's <c>citationMetadata</c>.</param>
    /// <param name="text">The text told so far in the part that is cited in.</param>
    /// <param name="before">How much of the answer's text stands before it.</param>
    public static IEnumerable<Citation> ReadRepeated(JsonElement metadata, string text, int before)
    {
        var places = new GoogleGeminiPlaces(text, before);
        foreach (JsonElement source in metadata.ItemsOf("citations").Concat(metadata.ItemsOf("citationSources")))
        {
            if (source.TextOf("uri") is { Length: > 0 } uri)
            {
                var cited = new CitationSource { Url = uri, Title = source.TextOf("title") };
                yield return places.Placed(new Citation(cited), source);
            }
        }
    }

    private static CitationSource? Named(CitationSource?[] sources, JsonElement index) =>
        index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out int place)
        && place >= 0 && place < sources.Length
            ? sources[place]
            : null;

    /// <summary>A page, a place on a map, an image's page, or a document of a store.</summary>
    private static CitationSource? Source(JsonElement chunk)
    {
        JsonElement? found = chunk.ObjectOf("web") ?? chunk.ObjectOf("retrievedContext") ?? chunk.ObjectOf("maps")
            ?? chunk.ObjectOf("image");
        if (found is not { } source)
        {
            return null;
        }

        var cited = new CitationSource
        {
            Url = source.TextOf("uri") ?? source.TextOf("sourceUri"),
            Title = source.TextOf("title"),
            CitedText = source.TextOf("text"),
        };
        return cited is { Url: null, Title: null, CitedText: null } ? null : cited;
    }
}
