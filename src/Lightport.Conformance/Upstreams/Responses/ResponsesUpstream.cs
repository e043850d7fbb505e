using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Responses;

/// <summary>OpenAI's Responses (https://platform.openai.com/docs/api-reference/responses), kept by nobody.</summary>
internal sealed class ResponsesUpstream(string model = "gpt-5") : UpstreamScript
{
    public override string Dialect => "openai-responses";

    public override string Model => model;

    public override string Root => "/v1";

    public override int FramesToWords => 5;

    public override bool IsStream(UpstreamRequest request) => (bool?)request.Body["stream"] == true;

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued) =>
        request.Path != Root + "/responses" ? [$"Unknown path {request.Path}."]
            : request.Body.Text("model") != Model ? [$"The model {request.Body.Text("model")} does not exist."]
            : ResponsesRules.Complaints(request.Body, issued);

    public override IReadOnlyList<Fact> Hear(JsonObject body) => ResponsesHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) =>
        body.Items("tools").Concat(body.Items("input")).Select(item => item.ToJsonString());

    public override string CallId(int number) => $"call_scripted{number}";

    public override JsonObject Whole(Reply reply) => ResponsesWriting.Whole(reply, Model);

    public override IEnumerable<byte[]> Frames(Reply reply)
    {
        foreach ((int number, JsonObject data) in ResponsesEvents.Of(reply, Model).Index())
        {
            data["sequence_number"] = number;
            yield return SseText.Data(data, data.Text("type"));
        }
    }

    public override JsonObject Error(int status, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = status == 429 ? "rate_limit_error" : "invalid_request_error",
            ["param"] = null,
            ["code"] = status == 429 ? "rate_limit_exceeded" : null,
        },
    };

    public override JsonObject ErrorInside(string message) => ResponsesWriting.Failed(message, Model);

    public override byte[] ErrorFrame(string message) => SseText.Data(
        new JsonObject
        {
            ["type"] = "response.failed",
            ["response"] = ResponsesWriting.Failed(message, Model),
            ["sequence_number"] = FramesToWords,
        },
        "response.failed");
}
