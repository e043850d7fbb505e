using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Upstreams.Messages;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Converse;

/// <summary>
/// Amazon Bedrock's Converse and ConverseStream
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html) with Claude behind them.
/// </summary>
internal sealed class ConverseUpstream(string model = ConverseUpstream.Claude) : UpstreamScript
{
    private const string Claude = "anthropic.claude-sonnet-4-5-20250929-v1:0";

    public override string Dialect => "aws-converse";

    public override string Maker => MessagesRules.Maker;

    public override string Model => model;

    public override string Root => "";

    public override string StreamType => "application/vnd.amazon.eventstream";

    public override int FramesToWords => 2;

    public override bool IsStream(UpstreamRequest request) =>
        request.Path.EndsWith("/converse-stream", StringComparison.Ordinal);

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued)
    {
        string action = IsStream(request) ? "converse-stream" : "converse";
        return Uri.UnescapeDataString(request.Path) != $"/model/{Model}/{action}"
            ? [$"Unknown path {request.Path}."]
            : ConverseRules.Complaints(request.Body, issued);
    }

    public override IReadOnlyList<Fact> Hear(JsonObject body) => ConverseHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) => body.Object("toolConfig").Items("tools")
        .Concat(body.Items("system")).Concat(body.Items("messages")).Select(ConverseHearing.WithoutMarks);

    public override string CallId(int number) => $"tooluse_scripted{number}";

    /// <summary>Converse counts thought as output.</summary>
    public override Usage Told(Usage usage) => usage with { Reasoning = null };

    public override JsonObject Whole(Reply reply) => ConverseWriting.Whole(reply);

    public override IEnumerable<byte[]> Frames(Reply reply) =>
        ConverseWriting.Events(reply).Select(one => EventStream.Event(one.Type, one.Data));

    public override JsonObject Error(int status, string message) => new() { ["message"] = message };

    public override JsonObject ErrorInside(string message) => new()
    {
        ["Output"] = new JsonObject { ["__type"] = "com.amazon.coral.service#InternalFailure", ["message"] = message },
    };

    public override byte[] ErrorFrame(string message) =>
        EventStream.Exception("modelStreamErrorException", new JsonObject { ["message"] = message });
}
