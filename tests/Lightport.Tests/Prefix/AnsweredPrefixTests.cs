using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Strict;
using Lightport.Transport;

namespace Lightport.Tests.Prefix;

/// <summary>
/// Real turns: the client sends back what the gateway told it, so that ids, names and marks which the gateway made up in
/// an answer come back, and are said to the provider the same each time.
/// </summary>
public sealed partial class AnsweredPrefixTests : IDisposable
{
    private const string Odd = McpTools.Odd;

    /// <summary>Their ids are told by exact providers alone: for others the gateway makes them.</summary>
    private static readonly string[] ChatAnswers =
    [
        """
        {"role":"assistant","reasoning_content":"Let me see.","content":"I look. \n","tool_calls":[
          {"index":0,"id":"call_a","type":"function","function":{"name":"NAME","arguments":"{\"a\": 1.50}"}},
          {"index":1,"id":"call_b","type":"function","function":{"name":"read","arguments":""}}]}
        """,
        """{"role":"assistant","content":"Found it. \n"}""",
        """
        {"role":"assistant","content":null,"tool_calls":[
          {"index":0,"id":"call_c","type":"function","function":{"name":"NAME","arguments":"{}"}}]}
        """,
        """{"role":"assistant","content":"Done."}""",
    ];

    private static readonly string[] MessagesAnswers =
    [
        """
        [{"type":"thinking","thinking":"Let me see.","signature":"Eo0B"},{"type":"text","text":"I look. \n"},
         {"type":"tool_use","id":"toolu_1","name":"NAME","input":{"a": 1.50}},
         {"type":"tool_use","id":"toolu_2","name":"read","input":{}}]
        """,
        """[{"type":"text","text":"Found it. \n"}]""",
        """[{"type":"redacted_thinking","data":"AAAA"},{"type":"tool_use","id":"toolu_3","name":"NAME","input":{"a":1}}]""",
        """[{"type":"text","text":"Done."}]""",
    ];

    private static readonly string[] GeminiAnswers =
    [
        """
        [{"text":"Let me see.","thought":true},{"text":"I look. \n"},
         {"functionCall":{"name":"NAME","args":{"a": 1.50}},"thoughtSignature":"c2ln"},
         {"functionCall":{"id":"k2","name":"read","args":{}}}]
        """,
        """[{"text":"Found it. \n"},{"text":"","thoughtSignature":"c2lo"}]""",
        """[{"functionCall":{"name":"NAME","args":{"a":1}}}]""",
        """[{"text":"Done."}]""",
    ];

    private static readonly string[] ResponsesAnswers =
    [
        """
        [{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Let me see."}],"encrypted_content":"gAAA"},
         {"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"I look. \n","annotations":[]}]},
         {"type":"function_call","id":"fc_1","call_id":"call_a","name":"NAME","arguments":"{\"a\": 1.50}"},
         {"type":"function_call","id":"fc_2","call_id":"call_b","name":"read","arguments":""}]
        """,
        """[{"type":"message","id":"msg_2","role":"assistant","content":[{"type":"output_text","text":"Found it. \n","annotations":[]}]}]""",
        """
        [{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gBBB"},
         {"type":"function_call","id":"fc_3","call_id":"call_c","name":"NAME","arguments":"{}"}]
        """,
        """[{"type":"message","id":"msg_3","role":"assistant","content":[{"type":"output_text","text":"Done.","annotations":[]}]}]""",
    ];

    private static readonly string[] InteractionsAnswers =
    [
        """
        [{"type":"thought","summary":[{"type":"text","text":"Let me see."}],"signature":"c2ln"},
         {"type":"model_output","content":[{"type":"text","text":"I look. \n"}]},
         {"type":"function_call","id":"call_a","name":"NAME","arguments":{"a": 1.50}},
         {"type":"function_call","id":"call_b","name":"read","arguments":{}}]
        """,
        """[{"type":"thought","signature":"c2lo"},{"type":"model_output","content":[{"type":"text","text":"Found it. \n"}]}]""",
        """[{"type":"function_call","id":"call_c","name":"NAME","arguments":{"a":1}}]""",
        """[{"type":"model_output","content":[{"type":"text","text":"Done."}]}]""",
    ];

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
        string[] answers = spoken switch
        {
            DialectIds.OpenAIChat => ChatAnswers,
            DialectIds.GoogleGemini => GeminiAnswers,
            DialectIds.GoogleInteractions => InteractionsAnswers,
            DialectIds.OpenAIResponses => ResponsesAnswers,
            _ => MessagesAnswers,
        };
        var talk = new Talk(client, JsonNode.Parse(Frame(client))!.AsObject());
        var bodies = new List<string>();
        talk.Add(Say(client, "Look."));
        foreach (string answer in answers)
        {
            JsonObject request = JsonNode.Parse(talk.Request(talk.Messages.Count, target, new Random(1)))!.AsObject();
            request["stream"] = streamed;
            _gateway.Upstream.Answer(_ => Task.FromResult<UpstreamResponse>(ScriptedTurn.Of(
                spoken, Answer(answer, target), streamed)));
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

    private static string Say(string client, string words) => client switch
    {
        DialectIds.GoogleGemini => $$"""{"role":"user","parts":[{"text":"{{words}}"}]}""",
        DialectIds.GoogleInteractions => $$"""{"type":"user_input","content":[{"type":"text","text":"{{words}}"}]}""",
        _ => $$"""{"role":"user","content":"{{words}}"}""",
    };

    /// <summary>The answer, with the name that the provider was told for the first tool.</summary>
    private string Answer(string answer, string target)
    {
        JsonNode tool = _gateway.Upstream.Last.Json["tools"]![0]!;
        string name = (string)(tool["function"] ?? tool["functionDeclarations"]?[0] ?? tool)["name"]!;
        bool isExact = target is "chat-exact" or "chat-reasoning" || PrefixTargets.IsResponses(target)
            || PrefixTargets.IsInteractions(target);
        return (isExact ? answer : CallId().Replace(answer, "")).Replace("NAME", name, StringComparison.Ordinal);
    }

    private static void GoOn(Talk talk, IReadOnlyList<JsonObject> answer)
    {
        talk.Messages.AddRange(answer);
        string[] calls = [.. answer.SelectMany(CallsIn)];
        if (calls.Length == 0)
        {
            talk.Add(Say(talk.Dialect, "And now?"));
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

    [GeneratedRegex("\"id\":\"call_.\",")]
    private static partial Regex CallId();
}
