using System.Buffers;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Strangers.PathChat;

/// <summary>As clients ask for it: model and wish to stream are in the path, and nowhere in the body.</summary>
internal sealed class PathChatServed : IServedConversation
{
    private static readonly AnswerFormat Whole = new(PathChatDialect.MediaType);
    private static readonly AnswerFormat Pieces = new(PathChatDialect.MediaType, " \n"u8.ToArray());

    public IClientFamily Family => PathChatClients.Instance;

    public Operation AskedAs => Operation.Chat;

    public GatewayError? CheckMediaType(string mediaType) => mediaType == PathChatDialect.MediaType
        ? null
        : new GatewayError(
            ErrorStage.Admission, ErrorKind.UnsupportedMediaType, 415, $"Send {PathChatDialect.MediaType}.");

    public RequestFacts Read(ClientRequest request)
    {
        bool stream = request.Path.EndsWith(":stream", StringComparison.Ordinal);
        return new RequestFacts(Operation.Chat, request.PathValue("model")!, stream, stream ? Pieces : Whole);
    }

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken)
    {
        RequestFacts facts = Read(request);
        return PathChatRequest.Decode(JsonNode.Parse(request.Json.Body.Span)!, facts.Model, facts.Stream);
    }

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context) =>
        new PathChatEncoder(context);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        PathChatWire.Write(new JsonArray(PathChatWire.Fault(error)), output);
}
