using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// As clients ask for it: the model and the wish to stream are in the path, and a stream is server-sent events where
/// the query says <c>alt=sse</c>, else a JSON array (https://ai.google.dev/api/generate-content).
/// </summary>
internal sealed class GoogleGeminiServed : IServedConversation, IServedFiles
{
    private const string StreamVerb = ":streamGenerateContent";

    /// <summary>White space between the elements keeps the connection alive.</summary>
    private static readonly AnswerFormat Elements = new("application/json", " \n"u8.ToArray());

    public IClientFamily Family => GoogleClients.Instance;

    public string ContentField => "contents";

    public Operation AskedAs => Operation.Chat;

    public bool TellsRuns => true;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        bool stream = IsStream(request);
        AnswerFormat format = !stream ? AnswerFormat.Json : IsEvents(request) ? AnswerFormat.Events : Elements;
        GoogleGeminiContents.Check(request.Json, "contents");
        return new RequestFacts(Operation.Chat, GoogleGeminiModelName.Of(request), stream, format);
    }

    public RequestNeeds Needs(ClientRequest request) => GoogleGeminiNeeds.Of(request.Json);

    public RequestBounds Bounds(ClientRequest request) => GoogleGeminiBounds.Of(request.Json);

    public RequestStates States(ClientRequest request) => GoogleGeminiStates.Of(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        GoogleGeminiRequestDecoder.Decode(
            request.Json, GoogleGeminiModelName.Of(request), IsStream(request), cancellationToken);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context)
    {
        AnswerContext known = conversation is ChatRequest chat
            ? context.For(chat) with { OmitReasoning = !ShowsThoughts(chat) }
            : context with { IncludeUsage = true };
        return context.Stream
            ? new GoogleGeminiStreamEncoder(known, new GoogleGeminiChunkWriter(IsEvents(request)))
            : new WholeAnswerEncoder(
                (response, output) => GoogleGeminiResponseEncoder.Encode(response, known, output),
                (error, output) => GoogleErrors.Write(output, error, known.RequestId));
    }
    public IReadOnlyList<AccountReference> Files(ClientRequest request) => GoogleFiles.Named.In(request.Json);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        new GoogleGeminiChunkWriter(IsEvents(request)).Fail(error, context.RequestId, output);

    private static bool IsStream(ClientRequest request) =>
        request.Path.EndsWith(StreamVerb, StringComparison.Ordinal);

    /// <summary>The client wants its stream as server-sent events.</summary>
    internal static bool IsEvents(ClientRequest request) => request.Query("alt") == "sse";

    private static bool ShowsThoughts(ChatRequest chat) =>
        chat.Options.Reasoning?.Display == GoogleGeminiThinkingDecoder.Shown;
}
