using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Messages;

/// <summary>A client of Anthropic's API (https://platform.claude.com/docs/en/api/messages).</summary>
internal sealed class MessagesClient : ClientScript
{
    private const int DefaultLimit = 8000;

    public override string Dialect => "anthropic-messages";

    public override string Path(string model, bool stream) => "/v1/messages";

    public override void SetHeaders(HttpRequestHeaders headers, string key)
    {
        headers.Add("x-api-key", key);
        headers.Add("anthropic-version", "2023-06-01");
    }

    public override JsonObject Body(string model, bool stream, Case asked, JsonArray history)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["max_tokens"] = asked.Limit ?? DefaultLimit,
            ["messages"] = history.DeepClone(),
        };
        if (stream)
        {
            body["stream"] = true;
        }

        if (asked.System.Count > 0)
        {
            body["system"] = new JsonArray([.. asked.System.Select(TextBlock)]);
        }

        if (asked.Tools.Count > 0)
        {
            body["tools"] = new JsonArray([.. asked.Tools.Select(tool => new JsonObject
            {
                ["name"] = tool.Name,
                ["description"] = tool.Description,
                ["input_schema"] = tool.Parameters.DeepClone(),
            })]);
        }

        if (asked.Schema is not null)
        {
            body["output_config"] = new JsonObject
            {
                ["format"] = new JsonObject { ["type"] = "json_schema", ["schema"] = asked.Schema.DeepClone() },
            };
        }

        if (asked.Reasons)
        {
            body["thinking"] = new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 2048 };
        }

        if (asked.Stop is not null)
        {
            body["stop_sequences"] = new JsonArray(asked.Stop);
        }

        return body;
    }

    public override void Say(JsonArray history, IReadOnlyList<Said> says, IReadOnlyList<ToldCall> calls) =>
        history.Add(new JsonObject
        {
            ["role"] = "user", ["content"] = new JsonArray([.. says.Select(said => Block(said, calls))]),
        });

    public override void Echo(JsonArray history, JsonObject whole) =>
        history.Add(new JsonObject { ["role"] = "assistant", ["content"] = whole["content"]!.DeepClone() });

    public override Folding Fold(IReadOnlyList<SseEvent> events) => new MessagesFolder().Fold(events);

    public override IEnumerable<string> Broken(JsonObject whole) => MessagesReading.Broken(whole);

    public override Told Tell(JsonObject whole) => MessagesReading.Tell(whole);

    public override string? ErrorMessage(JsonObject body) =>
        body.Text("type") == "error" && body.Object("error").Text("type") is not null ? base.ErrorMessage(body) : null;

    private static JsonObject Block(Said said, IReadOnlyList<ToldCall> calls) => said switch
    {
        Picture picture => Source("image", Picture.MediaType, picture.Base64),
        Document document => Source("document", Document.MediaType, document.Base64),
        Result result => new JsonObject
        {
            ["type"] = "tool_result",
            ["tool_use_id"] = calls[result.Call].Id,
            ["content"] = result.Picture is null
                ? new JsonArray(TextBlock(result.Text))
                : new JsonArray(TextBlock(result.Text), Block(result.Picture, calls)),
        },
        _ => TextBlock(((Words)said).Text),
    };

    private static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Source(string type, string mediaType, string base64) => new()
    {
        ["type"] = type,
        ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = mediaType, ["data"] = base64 },
    };
}
