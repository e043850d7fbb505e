using System.Buffers;
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
