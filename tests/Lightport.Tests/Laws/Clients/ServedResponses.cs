using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>A client of OpenAI's Responses that keeps its history itself.</summary>
internal sealed class ServedResponses : ServedClient
{
    public override string Dialect => DialectIds.OpenAIResponses;

    public override bool TellsAllChoices => false;

    public override GatewayEndpoint Door(bool stream) => GatewayEndpoints.Responses;

    public override string Request(string model, bool stream) =>
        $$"""
        {"model":"{{model}}","input":"hi","store":false,"include":["reasoning.encrypted_content"],
         "stream":{{(stream ? "true" : "false")}}}
        """;

    public override string? BrokenWhole(JsonObject body)
    {
        ResponsesStreamLaws.CheckResponse(body, body["incomplete_details"] is null ? "completed" : "incomplete");
        return null;
    }

    public override string? BrokenStream(string text, bool includeUsage, bool hasUsage, bool failed) =>
        OpenAIShape.WrongEnd((string?)ResponsesStreamLaws.Check(text)["status"] == "failed", failed);

    public override bool EndsInError(string text) =>
        text.Contains("event: response.failed", StringComparison.Ordinal)
        || text.Contains("event: error", StringComparison.Ordinal);

    public override string? BrokenError(JsonObject body, int status) => OpenAIShape.BrokenError(body);

    public override ToldChoice Expected(ToldChoice choice, bool stream) =>
        WithParts(choice, part => part.Kind == ToldPart.Audio ? AsText(part) : part) with
        {
            Index = 0,
            Finish = choice.Finish is "stop" or "tool_calls" ? HasCalls(choice) ? "tool_calls" : "stop" : choice.Finish,

            // A call's state is an item of thinking behind it.
            States = [.. choice.States, .. choice.CallStates],
            CallStates = [],
            Citations = OfPages(choice),
        };
}
