using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What clients say and are told.</summary>
internal sealed class ResponsesCoders(string request)
{
    private readonly JsonEnvelope _request = JsonBody.Read(System.Text.Encoding.UTF8.GetBytes(request));

    public ChatRequest DecodeRequest(CancellationToken cancellationToken = default) =>
        OpenAIResponsesRequestDecoder.Decode(_request, cancellationToken);

    public void EncodeResponse(ChatResponse response, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIResponsesResponseEncoder.Encode(
            response,
            context,
            new OpenAIResponsesSnapshot(context, new OpenAIResponsesEcho(_request)),
            new OpenAIResponsesAnswerTools(DecodeRequest()),
            output);

    public IAnswerEncoder CreateStreamEncoder(AnswerContext context) => new OpenAIResponsesStreamEncoder(
        context,
        new OpenAIResponsesSnapshot(context, new OpenAIResponsesEcho(_request)),
        new OpenAIResponsesAnswerTools(DecodeRequest()));
}
