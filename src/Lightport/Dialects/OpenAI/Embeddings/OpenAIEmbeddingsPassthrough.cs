using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Embeddings;

/// <summary>
/// Embeddings (https://platform.openai.com/docs/api-reference/embeddings) between a client and a provider that both
/// speak
/// them: vectors, as numbers or base64, are not touched.
/// </summary>
public sealed class OpenAIEmbeddingsPassthrough : IPassthrough
{
    public string Dialect => DialectIds.OpenAIEmbeddings;

    public IReadOnlyDictionary<string, string> DefaultHeaders { get; } = new Dictionary<string, string>();

    public bool AsksForUsage(JsonEnvelope request) => false;

    public void PatchRequest(JsonEnvelope request, PassthroughOptions options, BodyPatch patch)
    {
        // Embeddings have nothing of the dialect's own to change.
    }

    public PassthroughBody ReadBody(ReadOnlyMemory<byte> body, PassthroughOptions options)
    {
        try
        {
            ReadOnlySpan<byte> data = body.Span.Trim(" \r\n\t"u8);
            var answer = OpenAIChatChunk.Scan(data);
            return answer.HasError(data)
                ? new PassthroughBody(body) { Error = OpenAIChatErrorReader.InsideSuccess(data, ErrorStage.Decode) }
                : new PassthroughBody(body)
                {
                    Usage = (answer.HasUsage(data) ? OpenAIChatUsage.Read(answer.Usage.In(data)) : null)
                        ?? new UsageEstimator(options.Response.EstimatedPromptTokens).ToUsage(),
                    Id = answer.Id.Text(data),
                    Model = answer.Model.Text(data),
                };
        }
        catch (JsonException)
        {
            return new PassthroughBody(body)
            {
                Error = GatewayError.BadUpstream("The provider's answer is not valid JSON."),
            };
        }
    }

    /// <summary>Embeddings are never streamed; should a provider do so, its events pass as they are.</summary>
    public IAnswerRelay CreateRelay(PassthroughOptions options) =>
        new OpenAIChatRelay(options with { Exact = true, IncludeUsage = true }, OpenAIChatAnswerShape.Completions);

    public GatewayError ReadError(int status, ReadOnlySpan<byte> body) => OpenAIChatErrorReader.Read(status, body);
}
