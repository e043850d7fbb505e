using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>Completions between a client and a provider that both speak them.</summary>
public sealed class OpenAICompletionsPassthrough : IPassthrough
{
    public string Dialect => DialectIds.OpenAICompletions;

    public IReadOnlyDictionary<string, string> DefaultHeaders { get; } = new Dictionary<string, string>();

    public bool AsksForUsage(JsonEnvelope request) => OpenAIChatPassthrough.WantsUsage(request);

    public void PatchRequest(JsonEnvelope request, PassthroughOptions options, BodyPatch patch) =>
        OpenAIChatPassthrough.AskForUsage(request, options, patch);

    public PassthroughBody ReadBody(ReadOnlyMemory<byte> body, PassthroughOptions options) =>
        OpenAIChatBodyReader.Read(body, options, OpenAIChatAnswerShape.Completions);

    public IAnswerRelay CreateRelay(PassthroughOptions options) =>
        new OpenAIChatRelay(options, OpenAIChatAnswerShape.Completions);

    public GatewayError ReadError(int status, ReadOnlySpan<byte> body) => OpenAIChatErrorReader.Read(status, body);
}
