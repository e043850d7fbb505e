using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Responses;

/// <summary>
/// A client of OpenAI's Responses (https://platform.openai.com/docs/api-reference/responses) that keeps its history
/// itself, as Codex does.
/// </summary>
internal sealed class ResponsesClient : ClientScript
{
    public override string Dialect => "openai-responses";

    public override string? CannotSay(Case asked) => asked.Stop is null ? null : "it has no stop sequences";

    public override string Path(string model, bool stream) => "/v1/responses";

    public override JsonObject Body(string model, bool stream, Case asked, JsonArray history)
    {
        JsonArray input = [.. asked.System.Skip(1).Select(text => Message("developer", TextPart(text)))];
        foreach (JsonNode? item in history)
        {
            input.Add(item!.DeepClone());
        }

        var body = new JsonObject
        {
            ["model"] = model,
            ["input"] = input,
            ["store"] = false,
            ["include"] = new JsonArray("reasoning.encrypted_content"),
        };
        if (asked.System.Count > 0)
        {
            body["instructions"] = asked.System[0];
        }

        if (stream)
        {
            body["stream"] = true;
        }

        if (asked.Tools.Count > 0)
        {
            body["tools"] = new JsonArray([.. asked.Tools.Select(tool => new JsonObject
            {
                ["type"] = "function",
                ["name"] = tool.Name,
                ["description"] = tool.Description,
                ["parameters"] = tool.Parameters.DeepClone(),
                ["strict"] = false,
            })]);
        }

        if (asked.Schema is not null)
        {
            body["text"] = new JsonObject
            {
                ["format"] = new JsonObject
                {
                    ["type"] = "json_schema",
                    ["name"] = "city",
                    ["strict"] = true,
                    ["schema"] = asked.Schema.DeepClone(),
                },
            };
        }

        if (asked.Reasons)
        {
            body["reasoning"] = new JsonObject { ["effort"] = "medium", ["summary"] = "auto" };
        }

        if (asked.Limit is not null)
        {
            body["max_output_tokens"] = asked.Limit;
        }

        return body;
    }

    public override void Say(JsonArray history, IReadOnlyList<Said> says, IReadOnlyList<ToldCall> calls)
    {
        foreach (Result result in says.OfType<Result>())
        {
            history.Add(new JsonObject
            {
                ["type"] = "function_call_output",
                ["call_id"] = calls[result.Call].Id,
                ["output"] = result.Picture is null
                    ? result.Text
                    : new JsonArray(TextPart(result.Text), Part(result.Picture)),
            });
        }

        JsonObject[] parts = [.. says.Where(said => said is not Result).Select(Part)];
        if (parts.Length > 0)
        {
            history.Add(Message("user", parts));
        }
    }

    public override void Echo(JsonArray history, JsonObject whole)
    {
        foreach (JsonObject item in whole.Items("output"))
        {
            history.Add(item.DeepClone());
        }
    }

    public override Folding Fold(IReadOnlyList<SseEvent> events) => new ResponsesFolder().Fold(events);

    public override IEnumerable<string> Broken(JsonObject whole) => ResponsesReading.Broken(whole);

    public override Told Tell(JsonObject whole) => ResponsesReading.Tell(whole);

    public override string? ErrorMessage(JsonObject body) => OpenAIError.Message(body);

    private static JsonObject Message(string role, params JsonObject[] parts) => new()
    {
        ["type"] = "message", ["role"] = role, ["content"] = new JsonArray([.. parts]),
    };

    private static JsonObject TextPart(string text) => new() { ["type"] = "input_text", ["text"] = text };

    private static JsonObject Part(Said said) => said switch
    {
        Picture picture => new JsonObject
        {
            ["type"] = "input_image",
            ["detail"] = "auto",
            ["image_url"] = $"data:{Picture.MediaType};base64,{picture.Base64}",
        },
        Document document => new JsonObject
        {
            ["type"] = "input_file",
            ["filename"] = document.Name,
            ["file_data"] = $"data:{Document.MediaType};base64,{document.Base64}",
        },
        _ => TextPart(((Words)said).Text),
    };
}
