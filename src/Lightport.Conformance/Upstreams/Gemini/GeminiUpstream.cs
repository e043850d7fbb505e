using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Gemini;

/// <summary>
/// Google's generateContent (https://ai.google.dev/api/generate-content) with a model that signs its thoughts and its
/// calls (https://ai.google.dev/gemini-api/docs/thought-signatures). Its calls have no ids.
/// </summary>
/// <param name="model">The model's name.</param>
/// <param name="alternates">
/// Whether roles must take turns, as older models demand; else contents of one role in a row are one turn, as Google's
/// own SDK says each chunk of a stream.
/// </param>
internal sealed class GeminiUpstream(string model = "gemini-3-pro-preview", bool alternates = true) : UpstreamScript
{
    public override string Dialect => "google-gemini";

    public override string Model => model;

    public override string Root => "/v1beta";

    public override int FramesToWords => 1;

    public override bool SignsCalls => true;

    public override bool IsStream(UpstreamRequest request) =>
        request.Path.EndsWith(":streamGenerateContent", StringComparison.Ordinal);

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued)
    {
        string action = IsStream(request) ? "streamGenerateContent" : "generateContent";
        return request.Path != $"{Root}/models/{Model}:{action}" ? [$"Unknown path {request.Path}."]
            : IsStream(request) && !request.Query.Contains("alt=sse", StringComparison.Ordinal)
                ? ["This provider streams events alone: alt=sse is missing."]
            : GeminiRules.Complaints(alternates ? request.Body : Joined(request.Body), issued);
    }

    public override IReadOnlyList<Fact> Hear(JsonObject body) => GeminiHearing.Hear(body);

    public override IEnumerable<string> History(JsonObject body) =>
        body.Items("tools").Concat(body.Items("contents")).Select(item => item.ToJsonString());

    public override string CallId(int number) => "";

    public override JsonObject Whole(Reply reply) => GeminiWriting.Whole(reply, Model);

    public override IEnumerable<byte[]> Frames(Reply reply) =>
        GeminiWriting.Chunks(reply, Model).Select(chunk => SseText.Data(chunk));

    private static JsonObject Joined(JsonObject body)
    {
        JsonObject copy = body.DeepClone().AsObject();
        JsonObject[] contents = [.. copy.Items("contents")];
        var turns = new JsonArray();
        copy["contents"] = turns;
        foreach (JsonObject content in contents)
        {
            if (turns.LastOrDefault() is { } last && last.Text("role") == content.Text("role"))
            {
                content.Items("parts").ToList().ForEach(part => last.AsObject().List("parts").Add(part.DeepClone()));
            }
            else
            {
                turns.Add(content.DeepClone());
            }
        }

        return copy;
    }

    /// <summary>A bare object among the events, as Google breaks a stream off.</summary>
    public override byte[] ErrorFrame(string message) =>
        Encoding.UTF8.GetBytes(Error(500, message).ToJsonString() + "\n");

    public override JsonObject Error(int status, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = status,
            ["message"] = message,
            ["status"] = status switch
            {
                429 => "RESOURCE_EXHAUSTED",
                >= 500 => "INTERNAL",
                _ => "INVALID_ARGUMENT",
            },
        },
    };
}
