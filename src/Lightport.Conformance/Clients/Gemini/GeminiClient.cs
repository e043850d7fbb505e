using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Gemini;

/// <summary>A client of Google's generateContent (https://ai.google.dev/api/generate-content).</summary>
internal sealed class GeminiClient : ClientScript
{
    public override string Dialect => "google-gemini";

    public override string Path(string model, bool stream) =>
        $"/v1beta/models/{model}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}";

    public override void SetHeaders(HttpRequestHeaders headers, string key) => headers.Add("x-goog-api-key", key);

    /// <summary>Google breaks a stream off by a bare object among its events, and its SDKs look for it there.</summary>
    public override bool TakesBareErrors => true;

    public override JsonObject Body(string model, bool stream, Case asked, JsonArray history)
    {
        var config = new JsonObject();
        var body = new JsonObject { ["contents"] = history.DeepClone() };
        if (asked.System.Count > 0)
        {
            body["systemInstruction"] = new JsonObject
            {
                ["parts"] = new JsonArray([.. asked.System.Select(text => new JsonObject { ["text"] = text })]),
            };
        }

        if (asked.Tools.Count > 0)
        {
            body["tools"] = new JsonArray(new JsonObject
            {
                ["functionDeclarations"] = new JsonArray([.. asked.Tools.Select(tool => new JsonObject
                {
                    ["name"] = tool.Name,
                    ["description"] = tool.Description,
                    ["parametersJsonSchema"] = tool.Parameters.DeepClone(),
                })]),
            });
        }

        if (asked.Schema is not null)
        {
            config["responseMimeType"] = "application/json";
            config["responseJsonSchema"] = asked.Schema.DeepClone();
        }

        if (asked.Reasons)
        {
            config["thinkingConfig"] = new JsonObject { ["includeThoughts"] = true, ["thinkingLevel"] = "HIGH" };
        }

        if (asked.Limit is not null)
        {
            config["maxOutputTokens"] = asked.Limit;
        }

        if (asked.Stop is not null)
        {
            config["stopSequences"] = new JsonArray(asked.Stop);
        }

        if (config.Count > 0)
        {
            body["generationConfig"] = config;
        }

        return body;
    }

    public override void Say(JsonArray history, IReadOnlyList<Said> says, IReadOnlyList<ToldCall> calls) =>
        history.Add(new JsonObject
        {
            ["role"] = "user", ["parts"] = new JsonArray([.. says.Select(said => Part(said, calls))]),
        });

    public override void Echo(JsonArray history, JsonObject whole) =>
        history.Add(whole["candidates"]![0]!["content"]!.DeepClone());

    public override Folding Fold(IReadOnlyList<SseEvent> events) => new GeminiFolder().Fold(events);

    public override IEnumerable<string> Broken(JsonObject whole) => GeminiReading.Broken(whole);

    public override Told Tell(JsonObject whole) => GeminiReading.Tell(whole);

    public override string? ErrorMessage(JsonObject body) =>
        body.Object("error").Count("code") is not null && body.Object("error").Text("status") is not null
            ? base.ErrorMessage(body)
            : null;

    private static JsonObject Part(Said said, IReadOnlyList<ToldCall> calls) => said switch
    {
        Picture picture => Data(Picture.MediaType, picture.Base64),
        Document document => Data(Document.MediaType, document.Base64),
        Result result => Response(result, calls[result.Call]),
        _ => new JsonObject { ["text"] = ((Words)said).Text },
    };

    private static JsonObject Response(Result result, ToldCall call)
    {
        var response = new JsonObject
        {
            ["name"] = call.Name, ["response"] = new JsonObject { ["output"] = result.Text },
        };
        if (call.Id.Length > 0)
        {
            response["id"] = call.Id;
        }

        if (result.Picture is { } picture)
        {
            response["parts"] = new JsonArray(Data(Picture.MediaType, picture.Base64));
        }

        return new JsonObject { ["functionResponse"] = response };
    }

    private static JsonObject Data(string mediaType, string base64) => new()
    {
        ["inlineData"] = new JsonObject { ["mimeType"] = mediaType, ["data"] = base64 },
    };
}
