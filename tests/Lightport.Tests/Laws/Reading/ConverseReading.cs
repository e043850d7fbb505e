using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Reads answers of Bedrock's wire, whole and streamed, by the tests alone.</summary>
internal static class ConverseReading
{
    public static Told Read(byte[] body, bool isStream)
    {
        JsonObject answer = isStream ? Fold(body) : JsonNode.Parse(body)!.AsObject();
        JsonObject[] blocks = [.. answer["output"]?["message"].Items("content") ?? []];
        ToldPart[] parts = [.. blocks.Select(Part)];
        string reason = answer.Text("stopReason") is "guardrail_intervened" or "content_filtered"
            ? "content_filter"
            : answer.Text("stopReason") ?? "";
        var choice = new ToldChoice(
            0,
            Words.Finish(reason, parts.Any(part => part.Kind == ToldPart.Call)),
            ToldPart.Join(parts),
            [.. blocks.Select(State).OfType<string>()],
            [],
            [.. blocks.SelectMany(block => block["citationsContent"].Items("citations")).Select(Citation)]);
        return new Told([choice], answer["usage"] is JsonObject usage ? Usage(usage) : null);
    }

    private static ToldPart Part(JsonObject block) => true switch
    {
        _ when block.ContainsKey("text") => new ToldPart(ToldPart.Words, block.Text("text") ?? ""),
        _ when block["citationsContent"] is JsonObject cited => new ToldPart(
            ToldPart.Words, string.Concat(cited.Items("content").Select(piece => piece.Text("text")))),
        _ when block["reasoningContent"] is JsonObject reasoning =>
            new ToldPart(ToldPart.Thinking, reasoning["reasoningText"].Text("text") ?? ""),
        _ when block["toolUse"] is JsonObject use && use.Text("type") != "server_tool_use" => new ToldPart(
            ToldPart.Call,
            Words.Arguments(use["input"] is JsonObject input ? input.ToJsonString() : use.Text("input") ?? ""),
            use.Text("toolUseId"),
            use.Text("name")),
        _ => new ToldPart(block.FirstOrDefault().Key ?? "nothing", block.ToJsonString()),
    };

    private static string? State(JsonObject block) => block["reasoningContent"] switch
    {
        JsonObject reasoning when reasoning.Text("redactedContent") is { } redacted =>
            Encoding.UTF8.GetString(Convert.FromBase64String(redacted)),
        JsonObject reasoning => reasoning["reasoningText"].Text("signature"),
        _ => null,
    };

    private static ToldCitation Citation(JsonObject citation)
    {
        string? source = citation["location"]?["web"].Text("url") ?? citation.Text("source");
        return new ToldCitation(
            Uri.TryCreate(source, UriKind.Absolute, out _) ? source : null, citation.Text("title"), null);
    }

    private static ToldUsage Usage(JsonObject usage)
    {
        long read = Number(usage, "cacheReadInputTokens");
        long written = Number(usage, "cacheWriteInputTokens");
        return new ToldUsage(
            Number(usage, "inputTokens") + read + written, read, written, Number(usage, "outputTokens"), 0);
    }

    private static long Number(JsonObject owner, string name) =>
        owner[name] is JsonValue value && value.TryGetValue(out long number) ? number : 0;

    /// <summary>The answer that a stream puts together.</summary>
    private static JsonObject Fold(byte[] body)
    {
        var blocks = new SortedDictionary<int, JsonObject>();
        JsonObject answer = [];
        foreach ((string name, JsonObject data) in AwsMessages.Read(body))
        {
            int index = (int?)data["contentBlockIndex"] ?? -1;
            switch (name)
            {
                case "contentBlockStart":
                    blocks[index] = data["start"]!.DeepClone().AsObject();
                    break;
                case "contentBlockDelta":
                    blocks[index] = Add(blocks.GetValueOrDefault(index) ?? [], data["delta"]!.AsObject());
                    break;
                case "messageStop":
                    answer["stopReason"] = data["stopReason"]!.DeepClone();
                    break;
                case "metadata":
                    answer["usage"] = data["usage"]!.DeepClone();
                    break;
            }
        }

        answer["output"] = new JsonObject
        {
            ["message"] = new JsonObject { ["content"] = new JsonArray([.. blocks.Values]) },
        };
        return answer;
    }

    private static JsonObject Add(JsonObject block, JsonObject delta)
    {
        if (delta.Text("text") is { } text)
        {
            block["text"] = block.Text("text") + text;
        }
        else if (delta["toolUse"] is JsonObject use)
        {
            block["toolUse"]!["input"] = block["toolUse"].Text("input") + use.Text("input");
        }
        else if (delta["reasoningContent"] is JsonObject reasoning)
        {
            JsonObject known = block["reasoningContent"] as JsonObject ?? [];
            JsonObject said = known["reasoningText"]?.DeepClone() as JsonObject ?? [];
            said["text"] = said.Text("text") + reasoning.Text("text");
            said["signature"] = said.Text("signature") + reasoning.Text("signature");
            block["reasoningContent"] = reasoning.ContainsKey("redactedContent")
                ? reasoning.DeepClone()
                : new JsonObject { ["reasoningText"] = said };
        }
        else if (delta["citation"] is JsonObject citation)
        {
            JsonObject cited = block["citationsContent"]?.DeepClone() as JsonObject
                ?? new JsonObject { ["content"] = new JsonArray(), ["citations"] = new JsonArray() };
            if (block.Text("text") is { } words)
            {
                cited["content"]!.AsArray().Add(new JsonObject { ["text"] = words });
                block.Remove("text");
            }

            cited["citations"]!.AsArray().Add(citation.DeepClone());
            block["citationsContent"] = cited;
        }

        return block;
    }
}
