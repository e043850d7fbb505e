using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Messages;

/// <summary>
/// Claude on Vertex AI: Anthropic's messages with the model in the path
/// (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude).
/// </summary>
internal sealed class VertexClaudeUpstream : UpstreamScript
{
    private const string Version = "vertex-2023-10-16";

    public override string Dialect => "anthropic-vertex";

    public override string Maker => MessagesRules.Maker;

    public override string Model => "claude-sonnet-4-5@20250929";

    public override string Root => "/v1/projects/p/locations/global";

    public override int FramesToWords => 4;

    public override bool IsStream(UpstreamRequest request) =>
        request.Path.EndsWith(":streamRawPredict", StringComparison.Ordinal);

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued)
    {
        string action = IsStream(request) ? "streamRawPredict" : "rawPredict";
        string path = $"{Root}/publishers/anthropic/models/{Model}:{action}";
        return Uri.UnescapeDataString(request.Path) != path ? [$"Unknown path {request.Path}."]
            : request.Body.Text("anthropic_version") != Version ? [$"anthropic_version must be {Version}."]
            : request.Body["model"] is not null ? ["model: Extra inputs are not permitted"]
            : MessagesRules.Complaints(request.Body, issued);
    }

    public override IReadOnlyList<Fact> Hear(JsonObject body) => MessagesHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) => MessagesHearing.History(body);

    public override string CallId(int number) => $"toolu_vrtx_scripted{number}";

    public override JsonObject Whole(Reply reply) => MessagesWriting.Whole(reply, Model);

    public override IEnumerable<byte[]> Frames(Reply reply) =>
        MessagesWriting.Events(reply, Model).Select(data => SseText.Data(data, data.Text("type")));

    public override JsonObject Error(int status, string message) => MessagesWriting.Error(status, message);

    public override byte[] ErrorFrame(string message) => SseText.Data(Error(500, message), "error");
}
