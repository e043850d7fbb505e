using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Responses;

/// <summary>Reads a response.</summary>
internal static class ResponsesReading
{
    /// <summary>What OpenAI's schema requires of every response.</summary>
    private static readonly string[] Required =
    [
        "id", "object", "created_at", "error", "incomplete_details", "instructions", "model", "tools", "output",
        "parallel_tool_calls", "metadata", "tool_choice", "temperature", "top_p",
    ];

    private static readonly Dictionary<string, string[]> RequiredOfItems = new()
    {
        ["message"] = ["id", "role", "status", "content"],
        ["reasoning"] = ["id", "summary"],
        ["function_call"] = ["call_id", "name", "arguments"],
    };

    public static IEnumerable<string> Broken(JsonObject whole)
    {
        foreach (string field in Required.Where(field => !whole.ContainsKey(field)))
        {
            yield return $"a response without {field}";
        }

        if (whole.Text("object") != "response" || whole.Text("status") is not ("completed" or "incomplete"))
        {
            yield return $"object is {whole.Text("object")}, status {whole.Text("status")}";
        }

        foreach (JsonObject item in whole.Items("output"))
        {
            string[] fields = RequiredOfItems.GetValueOrDefault(item.Text("type") ?? "", []);
            foreach (string field in fields.Where(field => item[field] is null))
            {
                yield return $"an item of type {item.Text("type")} without {field}";
            }

            foreach (JsonObject part in item.Items("content").Where(part => part.Text("type") == "output_text"))
            {
                if (part.Text("text") is null || part["annotations"] is not JsonArray)
                {
                    yield return "output_text without text or annotations";
                }
            }
        }
    }

    public static Told Tell(JsonObject whole)
    {
        JsonObject[] items = [.. whole.Items("output")];
        JsonObject[] parts = [.. Of("message").SelectMany(item => item.Items("content"))];
        ToldCall[] calls = [.. Of("function_call").Select(item => new ToldCall(
            item.Text("call_id") ?? "",
            item.Text("name") ?? "",
            JsonReading.Parse(item.Text("arguments") ?? "") ?? []))];
        var facts = new FactList();
        facts.Add(Subjects.Reasoning, string.Concat(Of("reasoning")
            .SelectMany(item => item.Items("content").Concat(item.Items("summary")))
            .Select(part => part.Text("text"))));
        facts.Add(Subjects.Text, string.Concat(parts.Select(part => part.Text("text") ?? part.Text("refusal"))));
        foreach (ToldCall call in calls)
        {
            facts.AddCall(call.Name, call.Arguments);
        }

        foreach (JsonObject cited in parts.SelectMany(part => part.Items("annotations")))
        {
            facts.Add(Subjects.Citation, $"{cited.Text("url")} {cited.Text("title")}");
        }

        return new Told([.. facts], calls, Finish(whole, calls.Length > 0), Usage(whole.Object("usage")))
        {
            Order = Told.OrderOf(items.Select(Subject)),
        };

        IEnumerable<JsonObject> Of(string type) => items.Where(item => item.Text("type") == type);
    }

    private static string? Subject(JsonObject item) => item.Text("type") switch
    {
        "reasoning" when item.Items("content").Concat(item.Items("summary")).Any() => Subjects.Reasoning,
        "message" => Subjects.Text,
        "function_call" => Subjects.Call,
        _ => null,
    };

    private static string? Finish(JsonObject whole, bool hasCalls) =>
        (whole.Text("status"), whole.Object("incomplete_details").Text("reason")) switch
        {
            ("completed", null) => hasCalls ? Told.CallsMade : Told.Stop,
            ("incomplete", "max_output_tokens") => Told.Length,
            ("incomplete", "content_filter") => Told.Filter,
            _ => null,
        };

    private static Usage? Usage(JsonObject? usage) => usage?.Count("input_tokens") is not { } prompt ? null : new Usage(
        prompt,
        usage.Object("input_tokens_details").Count("cached_tokens") ?? 0,
        usage.Count("output_tokens") ?? 0,
        usage.Object("output_tokens_details").Count("reasoning_tokens") ?? 0);
}
