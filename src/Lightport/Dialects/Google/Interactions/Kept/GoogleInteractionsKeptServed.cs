using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// An interaction that was kept, asked for again or removed (https://ai.google.dev/api/interactions-api). What Google
/// itself keeps can be gone on from, and is not asked for.
/// </summary>
internal sealed class GoogleInteractionsKeptServed : IServedKept
{
    public IClientFamily Family => GoogleClients.Instance;

    public bool AreAtAccounts => false;

    public GatewayError? CheckMediaType(string mediaType) => null;

    public RequestFacts Read(ClientRequest request) =>
        new(Operation.KeptAnswer, "", Stream: false, AnswerFormat.Json);

    public bool IsOwn(string id) => id.StartsWith(GoogleInteractionsKeeping.IdPrefix, StringComparison.Ordinal);

    public GatewayError NotFound(string id) => GoogleInteractionsErrors.NotFound(id);

    public void WriteRemoved(string id, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output)
    {
        var frames = new SseFrameWriter();
        GoogleInteractionsEvents.WriteError(frames.Begin("error"u8, output), error);
        frames.End(output);
    }
}
