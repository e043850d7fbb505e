using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>A client of Anthropic's Messages.</summary>
internal sealed class ServedMessages : ServedClient
{
    public override string Dialect => DialectIds.AnthropicMessages;

    public override bool TellsCodes => false;

    public override bool TellsAllChoices => false;

    public override GatewayEndpoint Door(bool stream) => GatewayEndpoints.Messages;

    public override string Request(string model, bool stream) =>
        $$"""
        {"model":"{{model}}","max_tokens":99,"messages":[{"role":"user","content":"hi"}],
         "stream":{{(stream ? "true" : "false")}}}
        """;

    public override string? BrokenWhole(JsonObject body) =>
        (string?)body["type"] != "message" ? "type is not message"
        : (string?)body["role"] != "assistant" ? "role is not assistant"
        : string.IsNullOrEmpty((string?)body["id"]) ? "no id"
        : string.IsNullOrEmpty((string?)body["stop_reason"]) ? "no stop_reason"
        : !body.ContainsKey("stop_sequence") ? "no stop_sequence"
        : body["content"] is not JsonArray ? "content is no array"
        : body["usage"]?["input_tokens"] is null ? "no usage" : null;

    public override string? BrokenStream(string text, bool includeUsage, bool hasUsage, bool failed) =>
        OpenAIShape.WrongEnd(
            MessagesStreamLaws.Check(text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n\n") is null, failed);

    public override bool EndsInError(string text) => text.Contains("event: error", StringComparison.Ordinal);

    public override string? BrokenError(JsonObject body, int status) =>
        (string?)body["type"] != "error" || body["error"].Text("type") is null ? "no error object of Anthropic" : null;

    public override ToldChoice Expected(ToldChoice choice, bool stream) => WithParts(choice, AsText) with
    {
        Index = 0,
        Finish = IsRefused(choice) && choice.Finish == "stop" ? "content_filter" : choice.Finish,

        // A call's state rides in a thinking block before it.
        States = [.. choice.States, .. choice.CallStates],
        CallStates = [],
        Citations = [.. OfPages(choice).Select(citation => citation with { Span = null })],
    };
}
