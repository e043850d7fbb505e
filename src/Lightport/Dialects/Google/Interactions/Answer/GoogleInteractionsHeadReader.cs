using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads what an interaction says of itself.</summary>
internal static class GoogleInteractionsHeadReader
{
    public static StreamEvent.ResponseStart Start(JsonElement interaction) => new(
        interaction.TextOf("id") ?? "",
        ModelOf(interaction) ?? "",
        SecondsOf(interaction.TextOf("created")))
    {
        ServiceTier = TierOf(interaction),
    };

    /// <summary>The tier that served the answer, in the words that other dialects have for it.</summary>
    public static string? TierOf(JsonElement interaction) => interaction.TextOf("service_tier") switch
    {
        "standard" => "default",
        var tier => tier,
    };

    /// <summary>The model's name without the collection that its resource is in.</summary>
    public static string? ModelOf(JsonElement interaction) => interaction.TextOf("model") is { } model
        ? GoogleInteractionsRequestDecoder.ModelName(model)
        : null;

    private static long SecondsOf(string? time) => DateTimeOffset.TryParse(
        time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset told)
        ? told.ToUnixTimeSeconds()
        : 0;
}
