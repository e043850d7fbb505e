using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>What an interaction says of itself, whole and in the events that begin and end it.</summary>
internal sealed record GoogleInteractionsHead(string Id, string Model, long Created, string? ServiceTier)
{
    /// <summary>The last second that a date can be of; providers that count milliseconds are beyond it.</summary>
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static GoogleInteractionsHead Of(
        string id, string model, long created, string? serviceTier, AnswerContext context) => new(
        id.Length > 0 ? id : context.RequestId,
        model.Length > 0 ? model : context.Model,
        created > 0 && created <= LastSecond ? created : context.Created,
        serviceTier);

    public void Write(Utf8JsonWriter writer, string status)
    {
        string time = DateTimeOffset.FromUnixTimeSeconds(Created)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        writer.WriteString("id"u8, Id);
        writer.WriteString("object"u8, "interaction"u8);
        writer.WriteString("model"u8, Model);
        writer.WriteString("status"u8, status);
        writer.WriteString("created"u8, time);
        writer.WriteString("updated"u8, time);
        if (ServiceTier is not null)
        {
            writer.WriteString("service_tier"u8, ServiceTier == "default" ? "standard" : ServiceTier);
        }
    }
}
