using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI;

/// <summary>Clients of OpenAI's SDKs, and everybody who shows no other sign.</summary>
public sealed class OpenAIClients : IClientFamily
{
    /// <summary>Names have no date of their own; clients want one, so all have this: 2026-01-01T00:00:00Z.</summary>
    private const long Created = 1_767_225_600;

    public static OpenAIClients Instance { get; } = new();

    public bool IsShownBy(ClientRequest request) => true;

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        OpenAIChatErrors.Encode(error, output);

    /// <summary>https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers</summary>
    public void TellRate(in RateTold rate, DateTimeOffset now, ICollection<KeyValuePair<string, string>> headers)
    {
        double wait = Math.Max(0, (rate.ResetsAt - now).TotalSeconds);
        headers.Add(new($"x-ratelimit-limit-{rate.Unit}", rate.Most.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new($"x-ratelimit-remaining-{rate.Unit}", rate.Left.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new(
            $"x-ratelimit-reset-{rate.Unit}", string.Create(CultureInfo.InvariantCulture, $"{wait:0.###}s")));
    }

    public void WriteModels(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (string name in names)
        {
            WriteModel(writer, name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public void WriteModel(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("id", name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", Created);
        writer.WriteString("owned_by", "lightport");
        writer.WriteEndObject();
    }
}
