using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Google.Interactions;

namespace Lightport.Tests.Prefix;

/// <summary>Conversations of clients of Google's Interactions, who keep their steps themselves.</summary>
internal sealed class InteractionsTalkMaker(Random random) : TalkMaker(random)
{
    private static readonly string Envelope =
        GoogleInteractionsThought.Signature(new OpaqueState(StateFormats.Anthropic, "Eo0B"));

    protected override Talk Talk { get; } = new(DialectIds.GoogleInteractions, []);

    protected override void AddOpening()
    {
        if (SomeTools() is { Length: > 0 } names && Chance(80))
        {
            Talk.Frame["tools"] = new JsonArray([.. names.Select(name => JsonNode.Parse($$"""
                {"type":"function","name":{{Quote(name)}},"parameters":{"type":"object","properties":{"a":{"type":"string"} } } }
                """))]);
        }

        if (Chance(50))
        {
            Talk.Frame["system_instruction"] = JsonNode.Parse(Said());
        }

        if (Chance(20))
        {
            Talk.Frame["response_format"] = JsonNode.Parse("""
                {"type":"text","mime_type":"application/json","schema":
                 {"type":"object","properties":{"n":{"type":"string"}},"required":["n"],"additionalProperties":false}}
                """);
        }
    }

    /// <summary>There is one instruction, beside the steps.</summary>
    protected override void AddSystem()
    {
    }

    protected override void AddUser() => Talk.Add(
        $$"""{"type":"user_input","content":[{{Pick(Words(Said()), $"{Words(Text())},{Words(Said())}", $"{Words(Said())},{Media()}")}}]}""");

    protected override void AddCallsAndResults()
    {
        AddThinking();
        if (Chance(50))
        {
            AddOutput();
        }

        (string Id, string Name)[] calls = [.. SomeCalls().DistinctBy(call => call.Id)];
        foreach ((string id, string name) in calls)
        {
            Talk.Add($$"""
                {"type":"function_call","id":{{Quote(id)}},"name":{{Quote(name)}},"arguments":{{Pick("{}", "{\"a\": 1.50}")}} }
                """);
        }

        foreach ((string id, string name) in Chance(30) ? calls.Reverse() : calls)
        {
            Talk.Add($$"""
                {"type":"function_result","call_id":{{Quote(id)}},"name":{{Quote(name)}},"result":{{Result()}} }
                """);
        }
    }

    protected override void AddAnswer()
    {
        AddThinking();
        if (Chance(10))
        {
            Talk.Add("""{"type":"google_search_call","id":"s","arguments":{"queries":["q"]}}""");
        }

        AddOutput();
    }

    protected override void AddCut() => AddOutput();

    protected override void AddRest() => AddOutput();

    private void AddOutput() => Talk.Add($$"""{"type":"model_output","content":[{{Words(Said())}}]}""");

    private void AddThinking()
    {
        if (Pick(
            "",
            "",
            "\"summary\":[{\"type\":\"text\",\"text\":\"thought\"}],\"signature\":\"c2ln\"",
            "\"summary\":[{\"type\":\"text\",\"text\":\"thought\"}]",
            "\"signature\":\"c2lo\"",
            $"\"signature\":\"{Envelope}\"") is { Length: > 0 } fields)
        {
            Talk.Add($$"""{"type":"thought",{{fields}}}""");
        }
    }

    private string Result() => Pick(
        Text(), "{\"rows\":[1,2]}", $"[{Words(Text())},{Words(Said())}]", $"[{Words(Said())},{Picture()}]");

    private static string Words(string text) => $$"""{"type":"text","text":{{text}}}""";

    private static string Picture() => $$"""{"type":"image","mime_type":"image/png","data":"{{Pixel}}"}""";

    private string Media() => Pick(
        Picture(),
        """{"type":"image","mime_type":"image/png","uri":"https://example.com/a.png"}""",
        """{"type":"document","mime_type":"application/pdf","data":"JVBERi0="}""",
        """{"type":"document","uri":"https://generativelanguage.googleapis.com/v1beta/files/a"}""");
}
