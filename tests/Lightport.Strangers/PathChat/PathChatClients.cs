using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Strangers.PathChat;

/// <summary>The clients that say it: their errors and model lists have shapes of their own.</summary>
internal sealed class PathChatClients : IClientFamily
{
    public static PathChatClients Instance { get; } = new();

    public string ErrorMediaType => "application/vnd.strange.fault+json";

    public bool IsShownBy(ClientRequest request) => request.Header("x-strange") is not null;

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        PathChatWire.Write(PathChatWire.Fault(error), output);

    public void WriteModels(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartArray();
        foreach (string name in names)
        {
            WriteModel(writer, name);
        }

        writer.WriteEndArray();
    }

    public void WriteModel(Utf8JsonWriter writer, string name) => writer.WriteStringValue($"strange/{name}");
}
