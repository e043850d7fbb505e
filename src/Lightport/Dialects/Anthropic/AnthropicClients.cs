using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Anthropic.Messages;

namespace Lightport.Dialects.Anthropic;

/// <summary>Clients of Anthropic's SDKs, which all send the API's version.</summary>
public sealed class AnthropicClients : IClientFamily
{
    /// <summary>Names have no date of their own; clients want one.</summary>
    private const string CreatedAt = "2026-01-01T00:00:00Z";

    public static AnthropicClients Instance { get; } = new();

    public bool IsShownBy(ClientRequest request) =>
        request.Header(AnthropicMessagesWire.VersionHeader) is not null
        || request.Path.StartsWith("/v1/messages", StringComparison.Ordinal);

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        AnthropicMessagesErrors.Write(output, error, requestId);

    public int QuotaStatus => 402;

    /// <summary>https://platform.claude.com/docs/en/api/rate-limits#response-headers</summary>
    public void TellRate(in RateTold rate, DateTimeOffset now, ICollection<KeyValuePair<string, string>> headers)
    {
        string name = $"anthropic-ratelimit-{rate.Unit}";
        headers.Add(new($"{name}-limit", rate.Most.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new($"{name}-remaining", rate.Left.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new(
            $"{name}-reset",
            rate.ResetsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }

    /// <summary>The whole list is one page, whatever limit was asked for.</summary>
    public void WriteModels(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (string name in names)
        {
            WriteModel(writer, name);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("has_more", false);
        writer.WriteString("first_id", names.Count > 0 ? names[0] : null);
        writer.WriteString("last_id", names.Count > 0 ? names[^1] : null);
        writer.WriteEndObject();
    }

    public void WriteModel(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "model");
        writer.WriteString("id", name);
        writer.WriteString("display_name", name);
        writer.WriteString("created_at", CreatedAt);
        writer.WriteEndObject();
    }
}
