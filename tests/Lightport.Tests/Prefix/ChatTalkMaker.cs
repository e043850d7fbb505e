using System.Text.Json.Nodes;
using Lightport.Dialects;

namespace Lightport.Tests.Prefix;

/// <summary>Conversations of chat clients.</summary>
internal sealed class ChatTalkMaker(Random random) : TalkMaker(random)
{
    private readonly bool _functionsOfOld = random.Next(10) == 0;

    protected override Talk Talk { get; } = new(DialectIds.OpenAIChat, []);

    protected override void AddOpening()
    {
        if (SomeTools() is { Length: > 0 } names && Chance(80))
        {
            Talk.Frame[_functionsOfOld ? "functions" : "tools"] = new JsonArray([.. names.Select(Tool)]);
        }

        if (Pick("", "", """{"type":"json_object"}""", Schema("false"), Schema("true")) is { Length: > 0 } format)
        {
            Talk.Frame["response_format"] = JsonNode.Parse(format);
        }

        for (int count = Pick(0, 1, 1, 2); count > 0; count--)
        {
            AddSystem();
        }

        if (Talk.Messages.Count > 0 && Chance(10))
        {
            // A system prompt alone, and the model opens the talk.
            Talk.Ask();
            AddAnswer();
        }
        else if (Chance(5))
        {
            AddAnswer();
        }
    }

    protected override void AddSystem() =>
        Talk.Add($$"""{"role":"{{Pick("system", "developer")}}","content":{{Pick(Text(), Parts())}}}""");

    protected override void AddUser() => Talk.Add(
        $$"""{"role":"user","content":{{Pick(Text(), Text(), Parts(), Media())}}{{(Chance(10) ? ",\"name\":\"ann\"" : "")}}}""");

    protected override void AddCallsAndResults()
    {
        if (_functionsOfOld)
        {
            Talk.Add("""{"role":"assistant","content":null,"function_call":{"name":"read","arguments":"{}"}}""");
            Talk.Add($$"""{"role":"function","name":"read","content":{{Text()}}}""");
            return;
        }

        (string Id, string Name)[] calls = SomeCalls();
        Talk.Add($$"""
            {"role":"assistant","content":{{Pick("null", "\"\"", Said())}}{{Thinking()}},
             "tool_calls":[{{string.Join(',', calls.Select(call => Call(call.Id, call.Name)))}}]}
            """);
        foreach ((string id, _) in Chance(30) ? calls.Reverse() : calls)
        {
            Talk.Add($$"""
                {"role":"tool","tool_call_id":{{Quote(id)}},"content":{{Pick(Text(), Parts(), Media())}}}
                """);
        }
    }

    protected override void AddAnswer() => Talk.Add(
        $$"""{"role":"assistant"{{Thinking()}},{{Pick(
            $"\"content\":{Said()}",
            $"\"content\":{Said()}",
            "\"content\":\"\"",
            $"\"content\":null,\"refusal\":{Said()}",
            "\"content\":null,\"audio\":{\"id\":\"audio_1\"}")}}}""");

    protected override void AddCut() => Talk.Add($$"""{"role":"assistant","content":{{Said()}}}""");

    protected override void AddRest() => AddCut();

    private static string Schema(string open) => $$$"""
        {"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{
          "type":"object","properties":{"n":{"type":"string"}},"required":["n"],"additionalProperties":{{{open}}} } } }
        """;

    private JsonNode Tool(string name) => JsonNode.Parse(
        _functionsOfOld ? $$"""{"name":{{Quote(name)}},"parameters":{"type":"object"} }"""
        : Chance(10) ? $$$"""{"type":"custom","custom":{"name":{{{Quote(name)}}},"description":"Takes text."} }"""
        : $$$"""
            {"type":"function","function":{"name":{{{Quote(name)}}},"strict":{{{Pick("true", "false")}}},
             "parameters":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false} } }
            """)!;

    private string Call(string id, string name) => Chance(10)
        ? $$$"""{"id":{{{Quote(id)}}},"type":"custom","custom":{"name":{{{Quote(name)}}},"input":"free"} }"""
        : $$$"""
            {"id":{{{Quote(id)}}},"type":"function","function":{"name":{{{Quote(name)}}},
             "arguments":{{{Pick("\"{}\"", "\"\"", "\"{\\\"a\\\": 1.50}\"", "\"{broken\"")}}} } }
            """;

    private string Thinking() => Pick(
        "",
        "",
        ",\"reasoning_content\":\"thought\"",
        Detail("\"type\":\"reasoning.text\",\"text\":\"thought\",\"signature\":\"Eo0B\",\"format\":\"anthropic-claude-v1\""),
        Detail("\"type\":\"reasoning.encrypted\",\"data\":\"AAAA\",\"format\":\"anthropic-claude-v1\""),
        Detail("\"type\":\"reasoning.encrypted\",\"data\":\"AAAA\",\"id\":\"call_1\",\"format\":\"google-gemini-v1\""));

    private static string Detail(string fields) => $$""","reasoning_details":[{{{fields}}}]""";

    private string Parts() => $$"""[{"type":"text","text":{{Text()}}},{"type":"text","text":{{Said()}}}]""";

    private string Media() => $$"""[{"type":"text","text":{{Text()}}},{{Pick(
        $$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Pixel}}}"} }""",
        """{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}""",
        """{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}""",
        """{"type":"file","file":{"file_id":"file_1"}}""",
        """{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}""")}}]""";
}
