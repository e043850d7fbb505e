using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads what a tool has answered: text, content, or any other JSON, which is the text itself.</summary>
internal static class GoogleInteractionsResultDecoder
{
    public static List<ContentPart> Decode(RequestFields fields, JsonElement? result)
    {
        switch (result)
        {
            case null:
                return [];
            case { ValueKind: JsonValueKind.Array } list
                when list.EnumerateArray().All(item => item.TextOf("type") is "text" or "image"):
                var parts = new List<ContentPart>();
                foreach (JsonElement item in list.EnumerateArray())
                {
                    fields.Tally.AddPart();
                    parts.Add(GoogleInteractionsContentDecoder.Decode(fields, item));
                }

                return parts;
            case { } other:
                return [new TextPart(other.Words())];
        }
    }
}
