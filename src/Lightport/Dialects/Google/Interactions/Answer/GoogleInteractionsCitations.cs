using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads the sources of a text: pages, files and places. Spans are told in bytes of its UTF-8.</summary>
internal static class GoogleInteractionsCitations
{
    /// <param name="owner">Has the annotations.</param>
    /// <param name="text">The text that is cited in, as far as it has come.</param>
    /// <param name="before">How much of the answer's text stands before it.</param>
    public static IEnumerable<Citation> Read(JsonElement owner, string text, int before)
    {
        GoogleGeminiPlaces? places = null;
        foreach (JsonElement annotation in owner.ItemsOf("annotations"))
        {
            if (Source(annotation) is { } source)
            {
                places ??= new GoogleGeminiPlaces(text, before);
                yield return places.Placed(
                    new Citation(source),
                    annotation.IntegerOf("start_index"),
                    annotation.IntegerOf("end_index"),
                    words: null);
            }
        }
    }

    private static CitationSource? Source(JsonElement annotation) => annotation.TextOf("type") switch
    {
        "url_citation" => new CitationSource { Url = annotation.TextOf("url"), Title = annotation.TextOf("title") },
        "place_citation" => new CitationSource { Url = annotation.TextOf("url"), Title = annotation.TextOf("name") },
        "file_citation" => new CitationSource
        {
            Title = annotation.TextOf("file_name") ?? annotation.TextOf("document_uri"),
            CitedText = annotation.TextOf("source"),
        },
        _ => null,
    };
}
