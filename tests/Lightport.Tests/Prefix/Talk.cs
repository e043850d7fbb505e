using System.Text.Json.Nodes;
using Lightport.Dialects;

namespace Lightport.Tests.Prefix;

/// <summary>A conversation as its client keeps it, and the places in it where the client asked for an answer.</summary>
/// <param name="Frame">What stays beside the messages in every request: tools, system, the answer's format.</param>
internal sealed record Talk(string Dialect, JsonObject Frame)
{
    public List<JsonNode> Messages { get; } = [];

    public List<int> Asked { get; } = [];

    /// <summary>A system turn stands after one that is none.</summary>
    public bool HasLaterSystemTurns =>
        Messages.Select(IsSystem).SkipWhile(isSystem => isSystem).Contains(true);

    /// <summary>A turn has a summary of all that was said before it.</summary>
    public bool HasSummary => Messages.Any(message => message["content"] is JsonArray blocks
        && blocks.Any(block => (string?)block?["type"] == "compaction"));

    /// <summary>A turn of the user's, as a client of that dialect says it.</summary>
    public static string Said(string client, string words) => client switch
    {
        DialectIds.GoogleGemini => $$"""{"role":"user","parts":[{"text":"{{words}}"}]}""",
        DialectIds.GoogleInteractions => $$"""{"type":"user_input","content":[{"type":"text","text":"{{words}}"}]}""",
        _ => $$"""{"role":"user","content":"{{words}}"}""",
    };

    public void Add(string message) => Messages.Add(JsonNode.Parse(message)!);

    public void Ask() => Asked.Add(Messages.Count);

    /// <summary>The request with so many of the messages, and settings that change from one to the next.</summary>
    public string Request(int count, string model, Random random) =>
        Dialect == DialectIds.GoogleGemini ? GeminiRequest(count, random)
        : Dialect == DialectIds.GoogleInteractions ? InteractionsRequest(count, model, random)
        : NamedRequest(count, model, random);

    /// <summary>The path says which model is asked, and whether in pieces.</summary>
    private string GeminiRequest(int count, Random random)
    {
        JsonObject request = Frame.DeepClone().AsObject();
        request["contents"] = new JsonArray([.. Messages.Take(count).Select(message => message.DeepClone())]);
        JsonObject config = request["generationConfig"] as JsonObject ?? [];
        config["maxOutputTokens"] = random.Next(100, 9000);
        if (random.Next(2) == 0)
        {
            config["temperature"] = random.NextDouble();
        }

        config["thinkingConfig"] = random.Next(4) switch
        {
            0 => new JsonObject { ["thinkingBudget"] = 2000, ["includeThoughts"] = true },
            1 => new JsonObject { ["thinkingLevel"] = "HIGH" },
            2 => new JsonObject { ["thinkingBudget"] = 0 },
            _ => null,
        };
        request["generationConfig"] ??= config;
        if (request["tools"] is not null && config["responseJsonSchema"] is null)
        {
            request["toolConfig"] = JsonNode.Parse(
                $$$"""{"functionCallingConfig":{"mode":"{{{new[] { "AUTO", "NONE", "ANY" }[random.Next(3)]}}}"}}""");
        }

        return PlainJson.Of(request);
    }

    private string InteractionsRequest(int count, string model, Random random)
    {
        JsonObject request = Frame.DeepClone().AsObject();
        request["model"] = model;
        request["input"] = new JsonArray([.. Messages.Take(count).Select(message => message.DeepClone())]);
        request["store"] = false;
        request["stream"] = random.Next(2) == 0;
        var config = new JsonObject { ["max_output_tokens"] = random.Next(100, 9000) };
        if (random.Next(3) is > 0 and var level)
        {
            config["thinking_level"] = level == 1 ? "low" : "high";
        }

        if (request["tools"] is not null && request["response_format"] is null)
        {
            config["tool_choice"] = new[] { "auto", "none", "any" }[random.Next(3)];
        }

        request["generation_config"] = config;
        return PlainJson.Of(request);
    }

    private string NamedRequest(int count, string model, Random random)
    {
        JsonObject request = Frame.DeepClone().AsObject();
        request["model"] = model;
        bool responses = Dialect == DialectIds.OpenAIResponses;
        request[responses ? "input" : "messages"] = new JsonArray([.. Messages.Take(count).Select(message => message.DeepClone())]);
        bool messages = Dialect == DialectIds.AnthropicMessages;
        request[messages ? "max_tokens" : responses ? "max_output_tokens" : "max_completion_tokens"] = random.Next(100, 9000);
        request["stream"] = random.Next(2) == 0;
        if (random.Next(2) == 0)
        {
            request["temperature"] = random.NextDouble();
        }

        if (messages)
        {
            Think(request, random);
            Mark(request);
            Bill(request, random);
        }
        else if (random.Next(4) is > 0 and var effort)
        {
            string word = new[] { "none", "low", "high" }[effort - 1];
            request[responses ? "reasoning" : "reasoning_effort"] =
                responses ? new JsonObject { ["effort"] = word } : word;
        }

        // How a schema is carried goes by the choice among tools too: a client that has both keeps to one choice.
        bool chooses = request["tools"] is JsonArray { Count: > 0 }
            && request["response_format"] is null && request["output_config"]?["format"] is null;
        if (chooses)
        {
            string choice = (messages ? new[] { "auto", "none", "any" } : ["auto", "none", "required"])[random.Next(3)];
            request["tool_choice"] = messages ? new JsonObject { ["type"] = choice } : choice;
        }

        return PlainJson.Of(request);
    }

    private static void Think(JsonObject request, Random random) => request["thinking"] = random.Next(4) switch
    {
        0 => new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 2000 },
        1 => new JsonObject { ["type"] = "adaptive" },
        2 => new JsonObject { ["type"] = "disabled" },
        _ => null,
    };

    /// <summary>Marks the end of what is sent for the cache, as agents do with each request.</summary>
    private static void Mark(JsonObject request)
    {
        if (request["messages"]!.AsArray() is [.., { } last] && last["content"] is JsonArray and [.., JsonObject block]
            && (string?)block["type"] is "text" or "tool_result")
        {
            block["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        }
    }

    /// <summary>Claude Code's line changes with each request.</summary>
    private static void Bill(JsonObject request, Random random)
    {
        if (request["system"] is JsonArray and [JsonObject first, ..]
            && ((string)first["text"]!).StartsWith("x-anthropic-billing-header", StringComparison.Ordinal))
        {
            first["text"] = $"x-anthropic-billing-header: cc_version=2.1; cch={random.Next(99999)};";
        }
    }

    private static bool IsSystem(JsonNode message) => (string?)message["role"] is "system" or "developer";
}
