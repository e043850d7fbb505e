using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Interactions;

/// <summary>
/// A client of Google's Interactions (https://ai.google.dev/gemini-api/docs/interactions) that keeps its steps itself.
/// </summary>
internal sealed class InteractionsClient : ClientScript
{
    public override string Dialect => "google-interactions";

    public override string Path(string model, bool stream) => "/v1beta/interactions";

    public override void SetHeaders(HttpRequestHeaders headers, string key) => headers.Add("x-goog-api-key", key);

    public override JsonObject Body(string model, bool stream, Case asked, JsonArray history)
    {
        var config = new JsonObject();
        var body = new JsonObject { ["model"] = model, ["input"] = history.DeepClone(), ["store"] = false };
        if (stream)
        {
            body["stream"] = true;
        }

        if (asked.System.Count > 0)
        {
            body["system_instruction"] = string.Join("\n\n", asked.System);
        }

        if (asked.Tools.Count > 0)
        {
            body["tools"] = new JsonArray([.. asked.Tools.Select(tool => new JsonObject
            {
                ["type"] = "function",
                ["name"] = tool.Name,
                ["description"] = tool.Description,
                ["parameters"] = tool.Parameters.DeepClone(),
            })]);
        }

        if (asked.Schema is not null)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "text", ["mime_type"] = "application/json", ["schema"] = asked.Schema.DeepClone(),
            };
        }

        if (asked.Reasons)
        {
            config["thinking_level"] = "high";
            config["thinking_summaries"] = "auto";
        }

        if (asked.Limit is not null)
        {
            config["max_output_tokens"] = asked.Limit;
        }

        if (asked.Stop is not null)
        {
            config["stop_sequences"] = new JsonArray(asked.Stop);
        }

        if (config.Count > 0)
        {
            body["generation_config"] = config;
        }

        return body;
    }

    public override void Say(JsonArray history, IReadOnlyList<Said> says, IReadOnlyList<ToldCall> calls)
    {
        foreach (Result result in says.OfType<Result>())
        {
            history.Add(new JsonObject
            {
                ["type"] = "function_result",
                ["call_id"] = calls[result.Call].Id,
                ["name"] = calls[result.Call].Name,
                ["result"] = result.Picture is null
                    ? result.Text
                    : new JsonArray(Content(new Words(result.Text)), Content(result.Picture)),
            });
        }

        JsonObject[] contents = [.. says.Where(said => said is not Result).Select(Content)];
        if (contents.Length > 0)
        {
            history.Add(new JsonObject { ["type"] = "user_input", ["content"] = new JsonArray([.. contents]) });
        }
    }

    public override void Echo(JsonArray history, JsonObject whole)
    {
        foreach (JsonObject step in whole.Items("steps"))
        {
            history.Add(step.DeepClone());
        }
    }

    public override Folding Fold(IReadOnlyList<SseEvent> events) => new InteractionsFolder().Fold(events);

    public override IEnumerable<string> Broken(JsonObject whole) => InteractionsReading.Broken(whole);

    public override Told Tell(JsonObject whole) => InteractionsReading.Tell(whole);

    private static JsonObject Content(Said said) => said switch
    {
        Picture picture => Data("image", Picture.MediaType, picture.Base64),
        Document document => Data("document", Document.MediaType, document.Base64),
        _ => new JsonObject { ["type"] = "text", ["text"] = ((Words)said).Text },
    };

    private static JsonObject Data(string type, string mediaType, string base64) => new()
    {
        ["type"] = type, ["data"] = base64, ["mime_type"] = mediaType,
    };
}
