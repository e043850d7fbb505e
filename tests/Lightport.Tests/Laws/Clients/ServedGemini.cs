using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>A client of Google's generateContent that reads events and wants to see the thoughts.</summary>
internal sealed class ServedGemini : ServedClient
{
    public override string Dialect => DialectIds.GoogleGemini;

    public override bool TellsCodes => false;

    public override GatewayEndpoint Door(bool stream) =>
        stream ? GatewayEndpoints.StreamGenerateContentBeta : GatewayEndpoints.GenerateContentBeta;

    public override string Path(string model, bool stream) =>
        $"/v1beta/models/{model}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}";

    public override string Request(string model, bool stream) => """
        {"contents":[{"parts":[{"text":"hi"}]}],"generationConfig":{"thinkingConfig":{"includeThoughts":true}}}
        """;

    public override string? BrokenWhole(JsonObject body) => GeminiStreamLaws.BrokenWhole(body);

    public override string? BrokenStream(string text, bool includeUsage, bool hasUsage, bool failed) =>
        GeminiStreamLaws.Broken(text) ?? OpenAIShape.WrongEnd(EndsInError(text), failed);

    /// <summary>A bare object among the events.</summary>
    public override bool EndsInError(string text) =>
        text.TrimEnd().Split('\n')[^1].StartsWith("{\"error\":", StringComparison.Ordinal);

    public override string? BrokenError(JsonObject body, int status) =>
        body["error"] is not JsonObject error || (int?)error["code"] != status || error.Text("status") is null
            ? "no error object of Google" : null;

    public override ToldChoice Expected(ToldChoice choice, bool stream) => WithParts(choice, part => AsText(part).WithObject()) with
    {
        Finish = IsRefused(choice) && choice.Finish == "stop" ? "content_filter"
            : choice.Finish == "tool_calls" && !HasCalls(choice) ? "stop" : choice.Finish,
    };

    /// <summary>It has no word for what is written into a cache.</summary>
    public override ToldUsage Expected(ToldUsage usage) => usage with { CacheWrite = 0 };
}
