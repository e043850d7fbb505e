using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Citations (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html).</summary>
internal static class AwsConverseCitations
{
    public static Citation Decode(JsonElement citation)
    {
        JsonElement? location = citation.ObjectOf("location");
        string? address = location?.ObjectOf("web")?.TextOf("url") ?? citation.TextOf("source");
        string words = string.Concat(citation.ItemsOf("sourceContent").Select(piece => piece.TextOf("text")));
        (CitedPlace? place, int? document) = Place(location);
        return new Citation(new CitationSource
        {
            Url = address is not null && Uri.TryCreate(address, UriKind.Absolute, out _) ? address : null,
            Title = citation.TextOf("title"),
            CitedText = words.Length > 0 ? words : null,
            Document = document,
            Place = place,
        })
        {
            Native = citation,
            NativeDialect = DialectIds.AwsConverse,
        };
    }

    private static (CitedPlace? Place, int? Document) Place(JsonElement? location)
    {
        foreach ((string name, CitedUnit unit) in (ReadOnlySpan<(string, CitedUnit)>)
        [
            ("documentChar", CitedUnit.Character), ("documentPage", CitedUnit.Page), ("documentChunk", CitedUnit.Block),
            ("searchResultLocation", CitedUnit.Block),
        ])
        {
            if (location?.ObjectOf(name) is { } place)
            {
                return place.IntegerOf("start") is { } start && place.IntegerOf("end") is { } end
                    ? (new CitedPlace(unit, start, end), place.IntegerOf("documentIndex"))
                    : (null, place.IntegerOf("documentIndex"));
            }
        }

        return (null, null);
    }
}
