using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>A client of OpenAI's completions: it reads text, and why that ended.</summary>
internal sealed class ServedCompletions : ServedClient
{
    public override string Dialect => DialectIds.OpenAICompletions;

    public override bool AlwaysTellsUsage => false;

    public override GatewayEndpoint Door(bool stream) => GatewayEndpoints.Completions;

    public override string Request(string model, bool stream) => stream
        ? $$$"""{"model":"{{{model}}}","prompt":"hi","stream":true,"stream_options":{"include_usage":true}}"""
        : $$"""{"model":"{{model}}","prompt":"hi"}""";

    public override string? BrokenWhole(JsonObject body) =>
        OpenAIShape.BrokenHead(body, "text_completion")
        ?? body.Items("choices").Select(choice => OpenAIShape.BrokenEnd(choice)
            ?? (choice["text"] is JsonValue ? null : "no text")).FirstOrDefault(breach => breach is not null);

    public override string? BrokenStream(string text, bool includeUsage, bool hasUsage, bool failed) =>
        text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) == EndsInError(text)
            ? "[DONE] ends a whole answer, and no other"
            : OpenAIShape.WrongEnd(EndsInError(text), failed);

    public override bool EndsInError(string text) => OpenAIShape.EndsInError(text);

    public override string? BrokenError(JsonObject body, int status) => OpenAIShape.BrokenError(body);

    public override ToldChoice Expected(ToldChoice choice, bool stream) => choice with
    {
        Finish = IsRefused(choice) && choice.Finish == "stop" ? "content_filter" : choice.Finish,
        Parts = ToldPart.Join(choice.Parts.Where(part => part.Kind is ToldPart.Words or ToldPart.Refusal).Select(AsText)),
        States = [],
        CallStates = [],
        Citations = [],
    };
}
