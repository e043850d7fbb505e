using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.OpenAIChat;

/// <summary>Reads a chat completion.</summary>
internal static class OpenAIChatReading
{
    private static readonly string[] Finishes = ["stop", "length", "tool_calls", "content_filter"];

    public static IEnumerable<string> Broken(JsonObject whole)
    {
        JsonObject[] choices = [.. whole.Items("choices")];
        if (whole.Text("object") != "chat.completion" || string.IsNullOrEmpty(whole.Text("id"))
            || whole.Count("created") is null || string.IsNullOrEmpty(whole.Text("model")))
        {
            yield return "no object, id, created or model";
        }

        if (choices.Length != 1 || choices[0].Count("index") != 0 || choices[0].Object("message") is not { } message)
        {
            yield return "not one choice with an index and a message";
            yield break;
        }

        if (message.Text("role") != "assistant" || !message.ContainsKey("content") || message["content"] is JsonArray)
        {
            yield return "no role, or a content that is neither text nor null";
        }

        if (!Finishes.Contains(choices[0].Text("finish_reason")))
        {
            yield return $"finish_reason is {choices[0]["finish_reason"]?.ToJsonString() ?? "null"}";
        }

        foreach (JsonObject call in message.Items("tool_calls"))
        {
            if (string.IsNullOrEmpty(call.Text("id")) || call.Text("type") != "function"
                || JsonReading.Parse(call.Object("function").Text("arguments") ?? "") is null)
            {
                yield return "a call without an id, a type, or arguments that are JSON in a string";
            }
        }
    }

    public static Told Tell(JsonObject whole)
    {
        JsonObject? choice = whole.Items("choices").FirstOrDefault();
        JsonObject? message = choice.Object("message");
        ToldCall[] calls = [.. message.Items("tool_calls").Select(call => new ToldCall(
            call.Text("id") ?? "",
            call.Object("function").Text("name") ?? "",
            JsonReading.Parse(call.Object("function").Text("arguments") ?? "") ?? []))];
        var facts = new FactList();
        facts.Add(Subjects.Reasoning, message.Text("reasoning_content"));
        facts.Add(Subjects.Text, message.Text("content"));
        facts.Add(Subjects.Text, message.Text("refusal"));
        foreach (ToldCall call in calls)
        {
            facts.AddCall(call.Name, call.Arguments);
        }

        foreach (JsonObject cited in message.Items("annotations")
            .Select(annotation => annotation.Object("url_citation")).OfType<JsonObject>())
        {
            facts.Add(Subjects.Citation, $"{cited.Text("url")} {cited.Text("title")}");
        }

        return new Told([.. facts], calls, Finish(choice.Text("finish_reason")), Usage(whole.Object("usage")));
    }

    public static string? Finish(string? word) => word switch
    {
        "stop" => Told.Stop,
        "tool_calls" => Told.CallsMade,
        "length" => Told.Length,
        "content_filter" => Told.Filter,
        _ => null,
    };

    public static Usage? Usage(JsonObject? usage) => usage?.Count("prompt_tokens") is not { } prompt ? null : new Usage(
        prompt,
        usage.Object("prompt_tokens_details").Count("cached_tokens") ?? 0,
        usage.Count("completion_tokens") ?? 0,
        usage.Object("completion_tokens_details").Count("reasoning_tokens") ?? 0);
}
