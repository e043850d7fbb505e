using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>A client of Google's Interactions that keeps its steps itself.</summary>
internal sealed class ServedInteractions : ServedClient
{
    public override string Dialect => DialectIds.GoogleInteractions;

    public override bool TellsCodes => false;

    public override bool TellsAllChoices => false;

    public override GatewayEndpoint Door(bool stream) => GatewayEndpoints.InteractionsBeta;

    public override string Request(string model, bool stream) =>
        $$"""{"model":"{{model}}","input":"hi","store":false,"stream":{{(stream ? "true" : "false")}}}""";

    public override string? BrokenWhole(JsonObject body) => InteractionsStreamLaws.BrokenWhole(body);

    public override string? BrokenStream(string text, bool includeUsage, bool hasUsage, bool failed) =>
        InteractionsStreamLaws.Broken(text) ?? OpenAIShape.WrongEnd(EndsInError(text), failed);

    public override bool EndsInError(string text) => text.Contains("event: error\n", StringComparison.Ordinal);

    public override string? BrokenError(JsonObject body, int status) =>
        body["error"] is not JsonObject error || error["code"] is null ? "no error object of Google" : null;

    public override ToldChoice Expected(ToldChoice choice, bool stream) =>
        WithParts(choice, part => stream ? AsText(part) : AsText(part).WithObject()) with
        {
            Index = 0,
            Finish = choice.Finish == "tool_calls" && !HasCalls(choice) ? "stop" : choice.Finish,

            // What a call's provider wants back is a thought of its own before it.
            States = [.. choice.States, .. choice.CallStates],
            CallStates = [],
        };

    /// <summary>It has no word for what is written into a cache.</summary>
    public override ToldUsage Expected(ToldUsage usage) => usage with { CacheWrite = 0 };
}
