using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.OpenAIChat;

/// <summary>
/// A server of OpenAI's chat wire (https://platform.openai.com/docs/api-reference/chat) that thinks in
/// <c>reasoning_content</c> and wants it back (https://api-docs.deepseek.com/guides/thinking_mode).
/// </summary>
internal sealed class OpenAIChatUpstream : UpstreamScript
{
    public override string Dialect => "openai-chat";

    public override string Model => "scripted-chat";

    public override string Root => "/v1";

    public override int FramesToWords => 2;

    public override bool ResultsHoldPictures => false;

    public override bool IsStream(UpstreamRequest request) => (bool?)request.Body["stream"] == true;

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued) =>
        OpenAIChatRules.Complaints(request, issued, this);

    public override IReadOnlyList<Fact> Hear(JsonObject body) => OpenAIChatHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) =>
        body.Items("tools").Concat(body.Items("messages")).Select(item => item.ToJsonString());

    /// <summary>Ids as Moonshot's servers make them, which other vendors refuse.</summary>
    public override string CallId(int number) => $"functions.call:{number}";

    public override string State(Answer answer, string issued) => answer.Reasoning!;

    public override JsonObject Whole(Reply reply) => OpenAIChatWriting.Whole(reply, Model);

    public override IEnumerable<byte[]> Frames(Reply reply) => OpenAIChatWriting.Frames(reply, Model);

    public override JsonObject Error(int status, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = status switch
            {
                429 => "rate_limit_error",
                >= 500 => "server_error",
                _ => "invalid_request_error",
            },
            ["param"] = null,
            ["code"] = status == 429 ? "rate_limit_exceeded" : null,
        },
    };
}
