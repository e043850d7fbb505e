using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Messages;

/// <summary>Anthropic's API (https://platform.claude.com/docs/en/api/messages).</summary>
internal sealed class MessagesUpstream : UpstreamScript
{
    public override string Dialect => "anthropic-messages";

    public override string Maker => MessagesRules.Maker;

    public override string Model => "claude-sonnet-4-5";

    public override string Root => "/v1";

    public override int FramesToWords => 4;

    public override bool IsStream(UpstreamRequest request) => (bool?)request.Body["stream"] == true;

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued) =>
        Address(request).Concat(MessagesRules.Complaints(request.Body, issued));

    public override IReadOnlyList<Fact> Hear(JsonObject body) => MessagesHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) => MessagesHearing.History(body);

    public override string CallId(int number) => $"toolu_01scripted{number}";

    public override JsonObject Whole(Reply reply) => MessagesWriting.Whole(reply, Model);

    public override IEnumerable<byte[]> Frames(Reply reply) =>
        MessagesWriting.Events(reply, Model).Select(data => SseText.Data(data, data.Text("type")));

    public override JsonObject Error(int status, string message) => MessagesWriting.Error(status, message);

    public override byte[] ErrorFrame(string message) => SseText.Data(Error(500, message), "error");

    private IEnumerable<string> Address(UpstreamRequest request)
    {
        if (request.Path != Root + "/messages")
        {
            yield return $"Unknown path {request.Path}.";
        }

        if (request.Body.Text("model") != Model)
        {
            yield return $"model: {request.Body.Text("model")}";
        }

        if (!request.Headers.ContainsKey("anthropic-version"))
        {
            yield return "anthropic-version: header is required";
        }
    }
}
