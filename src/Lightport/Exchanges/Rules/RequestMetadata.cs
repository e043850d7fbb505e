using System.Text.Json;
using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Lightport.Exchanges.Rules;

/// <summary>What a client says of its request for rules to go by: <c>x-lightport-metadata</c>, a JSON object.</summary>
internal static class RequestMetadata
{
    /// <summary>In characters; what is longer belongs in the body.</summary>
    public const int Longest = 8_192;

    private static readonly JsonDocumentOptions Reading = JsonSettings.Request with { MaxDepth = 16 };

    /// <returns>An empty map where the client says nothing.</returns>
    /// <exception cref="GatewayException">It is no such object, stands there twice, or is too long.</exception>
    public static CelValue Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(RuleErrors.MetadataHeader, out StringValues values) || values.Count == 0)
        {
            return CelValue.Of(CelMap.Empty);
        }

        string text = values.Count == 1 ? values[0] ?? "" : throw RuleErrors.Metadata("stands there twice");
        if (text.Length > Longest)
        {
            throw RuleErrors.Metadata($"is longer than {Longest} characters");
        }

        CelValue metadata = Parse(text) is { ValueKind: JsonValueKind.Object } json ? JsonCel.Of(json) : default;
        return metadata.Kind == CelKind.Map
            ? metadata
            : throw RuleErrors.Metadata(
                "must be one JSON object without a field twice, as in {\"tier\": \"gold\"}, of at most 16 levels");
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text, Reading);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, a field that stands twice, or half of a surrogate pair in a name.
            return null;
        }
    }
}
