using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google;

/// <summary>
/// Clients of Google's SDKs, known by the header that their key is in. Errors are those of its APIs
/// (https://cloud.google.com/apis/design/errors).
/// </summary>
public sealed class GoogleClients : IClientFamily
{
    public static GoogleClients Instance { get; } = new();

    public bool IsShownBy(ClientRequest request) => request.Header("x-goog-api-key") is not null;

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteNumber("code", error.Status);
        writer.WriteString("message", error.Message);
        writer.WriteString("status", Status(error.Status));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

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
        writer.WriteEndObject();
    }

    private static string Status(int status) => status switch
    {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        >= 500 => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    };
}
