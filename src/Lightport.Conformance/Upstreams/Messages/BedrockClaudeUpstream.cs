using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Messages;

/// <summary>
/// Claude behind Bedrock's InvokeModel: Anthropic's messages with the model in the path, in frames of AWS
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html).
/// </summary>
internal sealed class BedrockClaudeUpstream : UpstreamScript
{
    private const string Version = "bedrock-2023-05-31";

    public override string Dialect => "anthropic-bedrock";

    public override string Maker => MessagesRules.Maker;

    public override string Model => "anthropic.claude-sonnet-4-5-20250929-v1:0";

    public override string Root => "";

    public override string StreamType => "application/vnd.amazon.eventstream";

    public override int FramesToWords => 4;

    public override bool IsStream(UpstreamRequest request) =>
        request.Path.EndsWith("/invoke-with-response-stream", StringComparison.Ordinal);

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued)
    {
        string action = IsStream(request) ? "invoke-with-response-stream" : "invoke";
        return Uri.UnescapeDataString(request.Path) != $"/model/{Model}/{action}" ? [$"Unknown path {request.Path}."]
            : request.Body.Text("anthropic_version") != Version ? [$"anthropic_version must be {Version}."]
            : request.Body["model"] is not null || request.Body["stream"] is not null
                ? ["model and stream: Extra inputs are not permitted"]
            : MessagesRules.Complaints(request.Body, issued);
    }

    public override IReadOnlyList<Fact> Hear(JsonObject body) => MessagesHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) => MessagesHearing.History(body);

    public override string CallId(int number) => $"toolu_bdrk_scripted{number}";

    public override JsonObject Whole(Reply reply) => MessagesWriting.Whole(reply, Model);

    public override IEnumerable<byte[]> Frames(Reply reply) =>
        MessagesWriting.Events(reply, Model).Select(data => EventStream.Event("chunk", new JsonObject
        {
            ["bytes"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(data.ToJsonString())),
        }));

    public override JsonObject Error(int status, string message) => new() { ["message"] = message };

    public override JsonObject ErrorInside(string message) => MessagesWriting.Error(500, message);

    public override byte[] ErrorFrame(string message) =>
        EventStream.Exception("modelStreamErrorException", new JsonObject { ["message"] = message });
}
