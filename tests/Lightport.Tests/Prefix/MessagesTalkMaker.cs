using System.Text.Json.Nodes;
using Lightport.Dialects;

namespace Lightport.Tests.Prefix;

/// <summary>Conversations of Messages clients.</summary>
/// <param name="bills">The client is Claude Code, whose system prompt begins with a line that changes.</param>
internal sealed class MessagesTalkMaker(Random random, bool bills) : TalkMaker(random)
{
    private string[] _tools = [];

    protected override Talk Talk { get; } = new(DialectIds.AnthropicMessages, []);

    protected override void AddOpening()
    {
        _tools = SomeTools();
        if (_tools.Length > 0 && Chance(80))
        {
            Talk.Frame["tools"] = new JsonArray([.. _tools.Select(Tool)]);
        }

        if (Chance(30))
        {
            Talk.Frame["output_config"] = JsonNode.Parse($$$"""
                {"format":{"type":"json_schema","schema":{"type":"object","properties":{"n":{"type":"string"}},
                 "required":["n"],"additionalProperties":{{{Pick("false", "true")}}} } } }
                """);
        }

        string[] lines = bills ? ["""{"type":"text","text":"x-anthropic-billing-header: cch=0;"}"""] : [];
        Talk.Frame["system"] = JsonNode.Parse(
            bills || Chance(50) ? $"[{string.Join(',', lines.Append(Block(Said())).Append(Block(Text())))}]" : Said());
    }

    protected override void AddSystem() =>
        Talk.Add($$"""{"role":"system","content":{{Pick(Said(), $"[{Block(Text())},{Block(Said())}]")}}}""");

    protected override void AddUser() =>
        Talk.Add($$"""{"role":"user","content":{{Pick(Text(), Said(), $"[{Block(Text())}]", $"[{Block(Said())},{Media()}]")}}}""");

    protected override void AddCallsAndResults()
    {
        (string Id, string Name)[] calls = SomeCalls();
        IEnumerable<string> blocks =
        [
            .. Thinking(),
            .. Chance(50) ? [Block(Said())] : Array.Empty<string>(),
            .. calls.Select(call => $$"""
                {"type":"tool_use","id":{{Quote(call.Id)}},"name":{{Quote(call.Name)}},"input":{{Pick("{}", "{\"a\": 1.50}")}}}
                """),
        ];
        Talk.Add($$"""{"role":"assistant","content":[{{string.Join(',', blocks)}}]}""");
        IEnumerable<string> results = (Chance(30) ? calls.Reverse() : calls).Select(call => Result(call.Id));
        string beside = Chance(30) ? "," + Block(Said()) : "";
        Talk.Add($$"""{"role":"user","content":[{{string.Join(',', results)}}{{beside}}]}""");
    }

    protected override void AddAnswer()
    {
        IEnumerable<string> blocks = [.. Thinking(), .. Chance(10) ? [Server()] : Array.Empty<string>(), Block(Pick(Said(), Text()))];
        Talk.Add($$"""{"role":"assistant","content":[{{string.Join(',', blocks)}}]}""");
    }

    protected override void AddCut() =>
        Talk.Add($$"""{"role":"assistant","content":{{Pick(Said(), $"[{Block(Said())}]")}}}""");

    protected override void AddRest() => AddCut();

    private static string Block(string text) => $$"""{"type":"text","text":{{text}}}""";

    private static string Server() => """
        {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"q"}},
        {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]}
        """;

    private JsonNode Tool(string name) => JsonNode.Parse($$$"""
        {"name":{{{Quote(name)}}},"strict":{{{Pick("true", "false")}}},"defer_loading":{{{Pick("true", "false", "false")}}},
         "input_schema":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false} }
        """)!;

    private string Result(string id)
    {
        string found = _tools.Length > 0 ? Pick(_tools) : "read";
        string content = Pick(
            Text(),
            $"[{Block(Text())}]",
            $"[{Block(Said())},{Media()}]",
            $$"""[{"type":"tool_reference","tool_name":{{Quote(found)}}}]""");
        return $$"""
            {"type":"tool_result","tool_use_id":{{Quote(id)}},"content":{{content}},"is_error":{{Pick("false", "false", "true")}}}
            """;
    }

    private string[] Thinking() => Pick<string[]>(
        [],
        [],
        ["""{"type":"thinking","thinking":"thought","signature":"Eo0B"}"""],
        ["""{"type":"redacted_thinking","data":"AAAA"}"""],
        ["""{"type":"thinking","thinking":"thought","signature":"lp1.none.s."}"""],
        ["""{"type":"thinking","thinking":"","signature":"lp1.google-gemini-v1.r.AAAA"}"""]);

    private string Media() => Pick(
        $$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{Pixel}}}"} }""",
        """{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}""",
        """{"type":"document","title":"t","source":{"type":"text","media_type":"text/plain","data":"words"}}""",
        """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}""",
        """{"type":"document","source":{"type":"file","file_id":"file_1"}}""");
}
