using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google;

/// <summary>
/// Clients of Google's SDKs, known by where their key is or by the version of its API that they ask for.
/// </summary>
public sealed class GoogleClients : IClientFamily
{
    public static GoogleClients Instance { get; } = new();

    public bool IsShownBy(ClientRequest request) =>
        request.Header("x-goog-api-key") is not null
        // The management's own doors have such a field too, and are nobody's SDK's.
        || (request.Query("key") is not null && request.Path.StartsWith("/v1", StringComparison.Ordinal))
        || request.Path.StartsWith("/v1beta/", StringComparison.Ordinal);

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        GoogleErrors.Write(output, error, requestId);

    /// <summary>The whole list is one page, whatever size was asked for.</summary>
    public void WriteModels(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("models");
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
        writer.WriteString("name", $"models/{name}");
        writer.WriteString("displayName", name);
        writer.WriteStartArray("supportedGenerationMethods");
        writer.WriteStringValue("generateContent");
        writer.WriteStringValue("streamGenerateContent");
        writer.WriteStringValue("countTokens");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
