using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Embeddings;

/// <summary>Hands vectors on. They come whole; a provider that streams them does not speak this dialect.</summary>
internal sealed class OpenAIEmbeddingsRelay(long promptTokens) : AnswerRelay(promptTokens)
{
    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        try
        {
            ReadOnlySpan<byte> data = body.Span.Trim(" \r\n\t"u8);
            var answer = OpenAIChatChunk.Scan(data);
            if (answer.HasError(data))
            {
                Error = OpenAIChatErrorReader.InsideSuccess(data, ErrorStage.Decode);
                return default;
            }

            Usage = (answer.HasUsage(data) ? OpenAIChatUsage.Read(answer.Usage.In(data)) : null)
                ?? Estimator.ToUsage();
            (ResponseId, ResponseModel) = (answer.Id.Text(data), answer.Model.Text(data));
            HasContent = Ended = true;
            return body;
        }
        catch (JsonException)
        {
            Error = GatewayError.BadUpstream("The provider's answer is not valid JSON.");
            return default;
        }
    }

    public override void Push(in Frame frame, IBufferWriter<byte> output) => Error ??= NotStreamed;

    public override void Complete(IBufferWriter<byte> output) => Error ??= NotStreamed;

    public override void Fail(GatewayError error, IBufferWriter<byte> output) => Error ??= error;

    private static GatewayError NotStreamed { get; } =
        GatewayError.BadUpstream("The provider streamed its embeddings, which come whole.");
}
