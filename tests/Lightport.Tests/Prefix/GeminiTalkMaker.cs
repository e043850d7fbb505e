using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Google.Gemini;

namespace Lightport.Tests.Prefix;

/// <summary>Conversations of Gemini's clients, who keep streamed answers chunk by chunk.</summary>
internal sealed class GeminiTalkMaker(Random random) : TalkMaker(random)
{
    private static readonly string Envelope =
        GoogleGeminiSignature.Write(new OpaqueState(StateFormats.Anthropic, "Eo0B"));

    protected override Talk Talk { get; } = new(DialectIds.GoogleGemini, []);

    protected override void AddOpening()
    {
        string[] tools = SomeTools();
        if (tools.Length > 0 && Chance(80))
        {
            Talk.Frame["tools"] = JsonNode.Parse(
                $$"""[{"functionDeclarations":[{{string.Join(',', tools.Select(Tool))}}]}]""");
        }

        if (Chance(30))
        {
            Talk.Frame["generationConfig"] = JsonNode.Parse("""
                {"responseMimeType":"application/json","responseJsonSchema":
                 {"type":"object","properties":{"n":{"type":"string"}},"required":["n"],"additionalProperties":false}}
                """);
        }

        Talk.Frame["systemInstruction"] = JsonNode.Parse($$"""{"parts":[{{Words(Said())}},{{Words(Text())}}]}""");
    }

    /// <summary>There is one instruction, at the start.</summary>
    protected override void AddSystem()
    {
    }

    protected override void AddUser() =>
        Add("user", Pick(Words(Said()), $"{Words(Said())},{Media()}", $"{Words(Text())},{Words(Said())}"));

    protected override void AddCallsAndResults()
    {
        (string Id, string Name)[] calls = [.. SomeCalls().DistinctBy(call => call.Id)];
        bool named = Chance(70);
        foreach (string piece in Thinking())
        {
            Add("model", piece);
        }

        if (Chance(50))
        {
            Add("model", Words(Said()));
        }

        Add("model", string.Join(',', calls.Select(call => $$"""
            {"functionCall":{ {{Id(call.Id, named)}}"name":{{Quote(call.Name)}},"args":{{Arguments()}} }{{Signature()}} }
            """)));
        IEnumerable<string> results = calls.Select(call => $$"""
            {"functionResponse":{ {{Id(call.Id, named)}}"name":{{Quote(call.Name)}},"response":{{Result()}} } }
            """);
        Add("user", string.Join(',', results) + (Chance(30) ? "," + Words(Said()) : ""));
    }

    protected override void AddAnswer()
    {
        foreach (string piece in (string[])[.. Thinking(), Words(Said()), Words(Text()), """{"text":""}"""])
        {
            Add("model", piece);
        }
    }

    protected override void AddCut() => Add("model", Words(Said()));

    protected override void AddRest() => AddCut();

    private void Add(string role, string parts) => Talk.Add($$"""{"role":"{{role}}","parts":[{{parts}}]}""");

    private static string Words(string text) => $$"""{"text":{{text}}}""";

    private static string Id(string id, bool named) => named ? $"\"id\":{Quote(id)}," : "";

    private string Arguments() => Pick("{}", "{\"a\": 1.50}");

    private string Result() => Pick("{\"output\":\"found\"}", "{\"error\":\"gone\"}", "{\"rows\":[1,2]}");

    private string Signature() => Pick("", "", ",\"thoughtSignature\":\"c2ln\"", $",\"thoughtSignature\":\"{Envelope}\"");

    private string[] Thinking() => Pick<string[]>(
        [],
        ["""{"text":"thou","thought":true}""", """{"text":"ght","thought":true}"""],
        ["""{"text":"thought","thought":true,"thoughtSignature":"c2ln"}"""],
        ["""{"text":"thought","thought":true}""", $$"""{"text":"","thought":true,"thoughtSignature":"{{Envelope}}"}"""]);

    private static string Tool(string name) => $$$"""
        {"name":{{{Quote(name)}}},"parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING"} } } }
        """;

    private string Media() => Pick(
        $$$"""{"inlineData":{"mimeType":"image/png","data":"{{{Pixel}}}"} }""",
        """{"fileData":{"mimeType":"image/png","fileUri":"https://example.com/a.png"}}""",
        """{"inlineData":{"mimeType":"application/pdf","data":"JVBERi0="}}""",
        """{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/a"}}""");
}
