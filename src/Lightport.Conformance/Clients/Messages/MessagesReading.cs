using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Messages;

/// <summary>Reads a message of Anthropic's API.</summary>
internal static class MessagesReading
{
    private static readonly string[] Stops =
    [
        "end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal", "model_context_window_exceeded",
    ];

    public static IEnumerable<string> Broken(JsonObject whole)
    {
        if (whole.Text("type") != "message" || whole.Text("role") != "assistant"
            || string.IsNullOrEmpty(whole.Text("id")) || string.IsNullOrEmpty(whole.Text("model")))
        {
            yield return "no type, role, id or model";
        }

        if (whole["content"] is not JsonArray || !whole.ContainsKey("stop_sequence"))
        {
            yield return "no content or stop_sequence";
        }

        if (!Stops.Contains(whole.Text("stop_reason")))
        {
            yield return $"stop_reason is {whole["stop_reason"]?.ToJsonString() ?? "null"}";
        }

        if (whole.Object("usage").Count("input_tokens") is null || whole.Object("usage").Count("output_tokens") is null)
        {
            yield return "no usage";
        }

        foreach (JsonObject block in whole.Items("content"))
        {
            bool isWhole = block.Text("type") switch
            {
                "text" => block.Text("text") is not null,
                "thinking" => block.Text("thinking") is not null && block.Text("signature") is not null,
                "tool_use" => (block.Text("id") ?? block.Text("name")) is not null && block["input"] is JsonObject,
                "redacted_thinking" => block.Text("data") is not null,
                _ => true,
            };
            if (!isWhole)
            {
                yield return $"a block of {block.Text("type")} lacks a field";
            }
        }
    }

    public static Told Tell(JsonObject whole)
    {
        JsonObject[] blocks = [.. whole.Items("content")];
        ToldCall[] calls = [.. blocks.Where(block => block.Text("type") == "tool_use").Select(block => new ToldCall(
            block.Text("id") ?? "", block.Text("name") ?? "", block.Object("input") ?? []))];
        var facts = new FactList();
        facts.Add(Subjects.Reasoning, string.Concat(blocks.Select(block => block.Text("thinking"))));
        facts.Add(Subjects.Text, string.Concat(blocks.Select(block => block.Text("text"))));
        foreach (ToldCall call in calls)
        {
            facts.AddCall(call.Name, call.Arguments);
        }

        foreach (JsonObject citation in blocks.SelectMany(block => block.Items("citations")))
        {
            facts.Add(Subjects.Citation, $"{citation.Text("url")} {citation.Text("title")}");
        }

        return new Told([.. facts], calls, Finish(whole.Text("stop_reason")), Usage(whole.Object("usage")))
        {
            Order = Told.OrderOf(blocks.Select(Subject)),
        };
    }

    private static string? Subject(JsonObject block) => block.Text("type") switch
    {
        "thinking" when block.Text("thinking") is { Length: > 0 } => Subjects.Reasoning,
        "text" when block.Text("text") is { Length: > 0 } => Subjects.Text,
        "tool_use" => Subjects.Call,
        _ => null,
    };

    private static string? Finish(string? reason) => reason switch
    {
        "end_turn" or "stop_sequence" => Told.Stop,
        "tool_use" => Told.CallsMade,
        "max_tokens" => Told.Length,
        "refusal" => Told.Filter,
        _ => null,
    };

    private static Usage? Usage(JsonObject? usage)
    {
        if (usage?.Count("input_tokens") is not { } input)
        {
            return null;
        }

        long cached = usage.Count("cache_read_input_tokens") ?? 0;
        return new Usage(
            input + cached + (usage.Count("cache_creation_input_tokens") ?? 0),
            cached,
            usage.Count("output_tokens") ?? 0,
            usage.Object("output_tokens_details").Count("thinking_tokens") ?? 0);
    }
}
