using System.Text.Json;
using System.Text.RegularExpressions;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Writes the service tier, and the request's metadata as far as Bedrock takes it.</summary>
internal static partial class AwsConverseOptions
{
    private const int MostMetadata = 16;

    public static void Write(Utf8JsonWriter writer, ChatRequest request, LossLedger losses)
    {
        WriteTier(writer, request.Options.ServiceTier, losses);
        WriteMetadata(writer, request.Options.Metadata, losses);
    }

    private static void WriteTier(Utf8JsonWriter writer, string? tier, LossLedger losses)
    {
        if (tier is null or "auto")
        {
            return;
        }

        string? said = tier switch
        {
            "default" or "standard_only" => "default",
            "priority" or "flex" or "reserved" => tier,
            _ => null,
        };
        if (said is null)
        {
            losses.Drop("service_tier");
            return;
        }

        writer.WriteStartObject("serviceTier"u8);
        writer.WriteString("type"u8, said);
        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement? metadata, LossLedger losses)
    {
        if (metadata is not { ValueKind: JsonValueKind.Object } given)
        {
            return;
        }

        JsonProperty[] all = [.. given.EnumerateObject()];
        JsonProperty[] taken = [.. all.Where(IsTaken).Take(MostMetadata)];
        if (taken.Length < all.Length)
        {
            losses.Drop("metadata");
        }

        if (taken.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("requestMetadata"u8);
        foreach (JsonProperty property in taken)
        {
            writer.WriteString(LenientText.Name(property), property.Value.Text());
        }

        writer.WriteEndObject();
    }

    private static bool IsTaken(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.String
        && Key().IsMatch(LenientText.Name(property))
        && Value().IsMatch(property.Value.Text());

    [GeneratedRegex(@"^[a-zA-Z0-9\s:_@$#=/+,.-]{1,256}\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}\z")]
    private static partial Regex Value();
}
