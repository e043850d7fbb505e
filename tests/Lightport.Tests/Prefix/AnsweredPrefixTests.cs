using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Strict;
using Lightport.Transport;

namespace Lightport.Tests.Prefix;

/// <summary>
/// Real turns: the client sends back what the gateway told it, so that ids, names and marks which the gateway made up in
/// an answer come back, and are said to the provider the same each time.
/// </summary>
public sealed class AnsweredPrefixTests : IDisposable
{
    private const string Odd = McpTools.Odd;

    private readonly TestGateway _gateway = new(PrefixTargets.Models);

    [Theory]
    [MemberData(nameof(PrefixTargets.Pairs), MemberType = typeof(PrefixTargets))]
    public async Task History_OfAnswersSentBack_BeginsAsItWas(string client, string target)
    {
        foreach (bool streamed in (bool[])[false, true])
        {
            var watch = new PrefixWatch(PrefixTargets.Folding(target, client));
            watch.Compare(streamed ? "streamed" : "whole", await TalkAsync(client, target, streamed));

            Assert.True(watch.Holds, watch.Report);
            Assert.Equal(3, watch.Pairs);
        }
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<List<string>> TalkAsync(string client, string target, bool streamed)
    {
        string spoken = PrefixTargets.Hears(target, client);
        var talk = new Talk(client, JsonNode.Parse(Frame(client))!.AsObject());
        var bodies = new List<string>();
        talk.Add(Talk.Said(client, "Look."));
        foreach (string answer in PrefixAnswers.Of(spoken))
        {
            JsonObject request = JsonNode.Parse(talk.Request(talk.Messages.Count, target, new Random(1)))!.AsObject();
            request["stream"] = streamed;
            _gateway.Upstream.Answer(_ => Task.FromResult<UpstreamResponse>(ScriptedTurn.Of(
                spoken, PrefixAnswers.Named(answer, target, _gateway.Upstream.Last), streamed)));
            using ClientCall call = await PrefixDoors.SendAsync(
                _gateway, client, target, request.ToJsonString(), streamed);
            Assert.True(call.Status == 200, call.Text);
            bodies.Add(_gateway.Upstream.Last.Body);
            GoOn(talk, EchoingClient.Turn(client, call.Text));
        }

        return bodies;
    }

    private static string Frame(string client) => client switch
    {
        DialectIds.OpenAIChat => $$$"""
            {"tools":[{"type":"function","function":{"name":"{{{Odd}}}"}},
                      {"type":"function","function":{"name":"read"}}]}
            """,
        DialectIds.OpenAIResponses or DialectIds.GoogleInteractions =>
            $$"""{"tools":[{"type":"function","name":"{{Odd}}"},{"type":"function","name":"read"}]}""",
        DialectIds.GoogleGemini => $$$"""
            {"tools":[{"functionDeclarations":[{"name":"{{{Odd}}}"},{"name":"read"}]}]}
            """,
        _ => $$$"""
            {"tools":[{"name":"{{{Odd}}}","input_schema":{"type":"object"}},
                      {"name":"read","input_schema":{"type":"object"}}]}
            """,
    };

    private static void GoOn(Talk talk, IReadOnlyList<JsonObject> answer)
    {
        talk.Messages.AddRange(answer);
        string[] calls = [.. answer.SelectMany(CallsIn)];
        if (calls.Length == 0)
        {
            talk.Add(Talk.Said(talk.Dialect, "And now?"));
        }
        else if (talk.Dialect == DialectIds.GoogleGemini)
        {
            IEnumerable<string> parts = calls.Select(
                id => $$$"""{"functionResponse":{"id":"{{{id}}}","name":"any","response":{"output":"ok"} } }""");
            talk.Add($$"""{"role":"user","parts":[{{string.Join(',', parts)}}]}""");
        }
        else if (talk.Dialect == DialectIds.GoogleInteractions)
        {
            calls.ToList().ForEach(id => talk.Add(
                $$"""{"type":"function_result","call_id":"{{id}}","name":"any","result":"ok"}"""));
        }
        else if (talk.Dialect == DialectIds.OpenAIResponses)
        {
            calls.ToList().ForEach(
                id => talk.Add($$"""{"type":"function_call_output","call_id":"{{id}}","output":"ok"}"""));
        }
        else if (talk.Dialect == DialectIds.OpenAIChat)
        {
            calls.ToList().ForEach(id => talk.Add($$"""{"role":"tool","tool_call_id":"{{id}}","content":"ok"}"""));
        }
        else
        {
            IEnumerable<string> results =
                calls.Select(id => $$"""{"type":"tool_result","tool_use_id":"{{id}}","content":"ok"}""");
            talk.Add($$"""{"role":"user","content":[{{string.Join(',', results)}}]}""");
        }
    }

    /// <summary>The ids of the calls in a message, or of the item that is one.</summary>
    private static IEnumerable<string> CallsIn(JsonObject turn) =>
    [
        .. (turn["tool_calls"] as JsonArray ?? []).Select(call => (string)call!["id"]!),
        .. (turn["content"] as JsonArray ?? []).Where(block => (string?)block!["type"] == "tool_use")
            .Select(block => (string)block!["id"]!),
        .. (turn["parts"] as JsonArray ?? []).Select(part => part!["functionCall"]).OfType<JsonNode>()
            .Select(call => (string)call["id"]!),
        .. (string?)turn["type"] == "function_call" ? [(string)(turn["call_id"] ?? turn["id"])!] : Array.Empty<string>(),
    ];
}
