using System.Text.Json.Nodes;
using Lightport.Dialects;

namespace Lightport.Tests.Prefix;

/// <summary>Conversations of Responses clients.</summary>
internal sealed class ResponsesTalkMaker(Random random) : TalkMaker(random)
{
    protected override Talk Talk { get; } = new(DialectIds.OpenAIResponses, []);

    protected override void AddOpening()
    {
        if (SomeTools() is { Length: > 0 } names && Chance(80))
        {
            Talk.Frame["tools"] = new JsonArray([.. names.Select(Tool)]);
        }

        if (Chance(50))
        {
            Talk.Frame["instructions"] = JsonNode.Parse(Said());
        }

        for (int count = Pick(0, 1, 2); count > 0; count--)
        {
            AddSystem();
        }
    }

    protected override void AddSystem() => Talk.Add(
        $$"""{"type":"message","role":"{{Pick("system", "developer")}}","content":{{Pick(Text(), Parts("input_text"))}}}""");

    protected override void AddUser() =>
        Talk.Add($$"""{"role":"user","content":{{Pick(Text(), Parts("input_text"), Media())}}}""");

    protected override void AddCallsAndResults()
    {
        AddThinking();
        if (Chance(50))
        {
            AddWords();
        }

        (string Id, string Name)[] calls = SomeCalls();
        foreach ((string id, string name) in calls)
        {
            Talk.Add(Call(id, name));
        }

        foreach ((string id, _) in Chance(30) ? calls.Reverse() : calls)
        {
            Talk.Add($$"""
                {"type":"function_call_output","call_id":{{Quote(id)}},"output":{{Pick(Text(), Parts("input_text"), Media())}}}
                """);
        }
    }

    protected override void AddAnswer()
    {
        AddThinking();
        if (Chance(10))
        {
            Talk.Add("""{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"q"}}""");
        }

        AddWords();
    }

    protected override void AddCut() => AddWords();

    protected override void AddRest() => AddWords();

    private void AddWords() => Talk.Add(Pick(
        $$"""{"role":"assistant","content":{{Said()}}}""",
        $$"""
        {"type":"message","id":"msg_1","status":"completed","role":"assistant","phase":"commentary",
         "content":{{Parts("output_text")}}}
        """));

    private void AddThinking()
    {
        if (Pick(
            "",
            "",
            "\"summary\":[{\"type\":\"summary_text\",\"text\":\"thought\"}],\"encrypted_content\":\"lp1.anthropic-claude-v1.s.c2ln\"",
            "\"summary\":[],\"encrypted_content\":\"lp1.anthropic-claude-v1.r.AAAA\"",
            "\"summary\":[{\"type\":\"summary_text\",\"text\":\"thought\"}],\"content\":null",
            "\"summary\":[],\"encrypted_content\":\"gAAAA\"") is { Length: > 0 } fields)
        {
            Talk.Add($$"""{"type":"reasoning","id":"rs_1",{{fields}}}""");
        }
    }

    private JsonNode Tool(string name) => JsonNode.Parse(Chance(10)
        ? $$"""{"type":"custom","name":{{Quote(name)}},"description":"Takes text.","format":{"type":"text"} }"""
        : Chance(20) ? $$"""
            {"type":"namespace","name":"group","description":"Of a kind.","tools":[{"type":"function","name":{{Quote(name)}}}]}
            """
        : $$"""
            {"type":"function","name":{{Quote(name)}},"strict":{{Pick("true", "false")}},
             "parameters":{"type":"object","properties":{"a":{"type":"string"} },"additionalProperties":false} }
            """)!;

    private string Call(string id, string name) => Chance(10)
        ? $$"""{"type":"custom_tool_call","call_id":{{Quote(id)}},"name":{{Quote(name)}},"input":"free"}"""
        : $$"""
            {"type":"function_call","id":"fc_1","call_id":{{Quote(id)}},"name":{{Quote(name)}}{{Pick("", ",\"namespace\":\"group\"")}},
             "arguments":{{Pick("\"{}\"", "\"\"", "\"{\\\"a\\\": 1.50}\"", "\"{broken\"")}}}
            """;

    private string Parts(string type) => $$"""[{"type":"{{type}}","text":{{Text()}}},{"type":"{{type}}","text":{{Said()}}}]""";

    private string Media() => $$"""[{"type":"input_text","text":{{Text()}}},{{Pick(
        $$"""{"type":"input_image","detail":"auto","image_url":"data:image/png;base64,{{Pixel}}"}""",
        """{"type":"input_image","detail":"low","image_url":"https://example.com/a.png"}""",
        """{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}""",
        """{"type":"input_file","file_id":"file_1"}""")}}]""";
}
