using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.OpenAIChat;

/// <summary>A client of OpenAI's chat (https://platform.openai.com/docs/api-reference/chat).</summary>
internal sealed class OpenAIChatClient : ClientScript
{
    public override string Dialect => "openai-chat";

    public override string? CannotSay(Case asked) =>
        asked.HasPicturesInResults ? "a tool's message holds text alone" : null;

    public override string Path(string model, bool stream) => "/v1/chat/completions";

    public override JsonObject Body(string model, bool stream, Case asked, JsonArray history)
    {
        JsonArray messages =
            [.. asked.System.Select(text => new JsonObject { ["role"] = "system", ["content"] = text })];
        foreach (JsonNode? message in history)
        {
            messages.Add(message!.DeepClone());
        }

        var body = new JsonObject { ["model"] = model, ["messages"] = messages };
        if (stream)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        if (asked.Tools.Count > 0)
        {
            body["tools"] = new JsonArray([.. asked.Tools.Select(Tool)]);
        }

        if (asked.Schema is not null)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject
                {
                    ["name"] = "city", ["strict"] = true, ["schema"] = asked.Schema.DeepClone(),
                },
            };
        }

        if (asked.Reasons)
        {
            body["reasoning_effort"] = "medium";
        }

        if (asked.Limit is not null)
        {
            body["max_completion_tokens"] = asked.Limit;
        }

        if (asked.Stop is not null)
        {
            body["stop"] = asked.Stop;
        }

        return body;
    }

    public override void Say(JsonArray history, IReadOnlyList<Said> says, IReadOnlyList<ToldCall> calls)
    {
        foreach (Result result in says.OfType<Result>())
        {
            history.Add(new JsonObject
            {
                ["role"] = "tool", ["tool_call_id"] = calls[result.Call].Id, ["content"] = result.Text,
            });
        }

        JsonObject[] parts = [.. says.Where(said => said is not Result).Select(Part)];
        if (parts.Length > 0)
        {
            history.Add(new JsonObject { ["role"] = "user", ["content"] = new JsonArray([.. parts]) });
        }
    }

    public override void Echo(JsonArray history, JsonObject whole) =>
        history.Add(whole["choices"]![0]!["message"]!.DeepClone());

    public override Folding Fold(IReadOnlyList<SseEvent> events) => new OpenAIChatFolder().Fold(events);

    public override IEnumerable<string> Broken(JsonObject whole) => OpenAIChatReading.Broken(whole);

    public override Told Tell(JsonObject whole) => OpenAIChatReading.Tell(whole);

    public override string? ErrorMessage(JsonObject body) => OpenAIError.Message(body);

    private static JsonObject Tool(Tool tool) => new()
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = tool.Name, ["description"] = tool.Description, ["parameters"] = tool.Parameters.DeepClone(),
        },
    };

    private static JsonObject Part(Said said) => said switch
    {
        Picture picture => new JsonObject
        {
            ["type"] = "image_url",
            ["image_url"] = new JsonObject { ["url"] = $"data:{Picture.MediaType};base64,{picture.Base64}" },
        },
        Document document => new JsonObject
        {
            ["type"] = "file",
            ["file"] = new JsonObject
            {
                ["filename"] = document.Name,
                ["file_data"] = $"data:{Document.MediaType};base64,{document.Base64}",
            },
        },
        _ => new JsonObject { ["type"] = "text", ["text"] = ((Words)said).Text },
    };
}
