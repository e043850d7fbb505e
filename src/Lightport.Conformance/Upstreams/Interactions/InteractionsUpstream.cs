using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Interactions;

/// <summary>
/// Google's Interactions (https://ai.google.dev/gemini-api/docs/interactions), kept by nobody, with a model that signs
/// its thoughts.
/// </summary>
internal sealed class InteractionsUpstream(string model = "gemini-3-flash-preview") : UpstreamScript
{
    public override string Dialect => "google-interactions";

    public override string Model => model;

    public override string Root => "/v1beta";

    public override int FramesToWords => 3;

    public override bool SignsCalls => true;

    public override bool IsStream(UpstreamRequest request) => (bool?)request.Body["stream"] == true;

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued) =>
        request.Path != Root + "/interactions" ? [$"Unknown path {request.Path}."]
            : request.Body.Text("model") != Model ? [$"The model {request.Body.Text("model")} was not found."]
            : InteractionsRules.Complaints(request.Body, issued);

    public override IReadOnlyList<Fact> Hear(JsonObject body) => InteractionsHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) =>
        body.Items("tools").Concat(body.Items("input")).Select(item => item.ToJsonString());

    public override string CallId(int number) => $"scripted{number}";

    public override JsonObject Whole(Reply reply) => InteractionsWriting.Whole(reply, Model);

    public override IEnumerable<byte[]> Frames(Reply reply) => InteractionsWriting.Events(reply, Model)
        .Select(data => SseText.Data(data, data.Text("event_type")))
        .Append("event: done\ndata: [DONE]\n\n"u8.ToArray());

    public override JsonObject Error(int status, string message) => new()
    {
        ["error"] = InteractionsWriting.Error(
            status switch
            {
                429 => "rate_limit_exceeded",
                >= 500 => "api_error",
                _ => "invalid_request",
            },
            message),
    };

    public override JsonObject ErrorInside(string message)
    {
        JsonObject failed = InteractionsWriting.Head(0, Model, "failed");
        failed["errors"] = new JsonArray(InteractionsWriting.Error("api_error", message));
        return failed;
    }

    public override byte[] ErrorFrame(string message) => SseText.Data(
        new JsonObject { ["event_type"] = "error", ["error"] = InteractionsWriting.Error("api_error", message) },
        "error");
}
