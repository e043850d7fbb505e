using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Aws;
using Lightport.Tests.Dialects.Aws.Converse;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws;
using Lightport.Tests.Laws.Clients;
using Xunit.Abstractions;

namespace Lightport.Tests.Strict;

/// <summary>
/// What real clients of every dialect have asked, told to providers of another: each request that leaves is one that the
/// provider's own description of its API describes.
/// </summary>
public sealed class RecordedRequestSchemaTests : IDisposable
{
    /// <summary>Mistral's schema has files by their id alone: its own refusal of the bytes is what a client is told.</summary>
    private const string FileByBytes = "\"type\":\"file\",\"file\":{\"filename\":";

    private readonly ITestOutputHelper _output;

    private readonly TestGateway _gateway = new("""
        models:
          chat-4o: { unsupported: drop, targets: [openai-chat/gpt-4o], retry: { attempts: 1 } }
          chat-5: { unsupported: drop, targets: [openai-chat/gpt-5], retry: { attempts: 1 } }
          mistral: { unsupported: drop, targets: [mistral-ai/mistral-large-latest], retry: { attempts: 1 } }
          responses:
            unsupported: drop
            targets: [{ to: openai/gpt-5, traits: { endpoint: openai-responses, endpoint-always: on } }]
            retry: { attempts: 1 }
          nova: { unsupported: drop, targets: ["bedrock/us.amazon.nova-2-lite-v1:0"], retry: { attempts: 1 } }
          llama: { unsupported: drop, targets: ["bedrock/us.meta.llama4-maverick-17b-instruct-v1:0"], retry: { attempts: 1 } }
        """, providers: """
          openai-chat: { use: openai, endpoints: { openai-responses: { models: [none] } } }
          bedrock: { region: eu-central-1 }

        """);

    public RecordedRequestSchemaTests(ITestOutputHelper output)
    {
        _output = output;
        _gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = BedrockGateway.Key;
    }

    [SharedTheory("recorded")]
    [InlineData(DialectIds.AnthropicMessages, "chat-4o", "chat-5", "mistral", "responses", "nova", "llama")]
    [InlineData(DialectIds.OpenAIResponses, "chat-4o", "chat-5", "mistral", "nova", "llama")]
    [InlineData(DialectIds.GoogleGemini, "chat-4o", "chat-5", "mistral", "responses", "nova", "llama")]
    [InlineData(DialectIds.OpenAIChat, "responses", "nova", "llama")]
    public async Task Requests_ToldToOthers_AreWhatTheirSchemasDescribe(string client, params string[] models)
    {
        var complaints = new List<string>();
        foreach (string model in models)
        {
            int judged = 0;
            int refused = 0;
            foreach (RecordedAnswer exchange in Recordings.All.Where(one => one.Dialect == client && one.Status == 200))
            {
                if (AsAskedOf(model, exchange) is not { } body)
                {
                    continue;
                }

                JsonObject? written = await SendAsync(ServedClient.Of(client), model, body);
                _ = written is null ? refused++ : judged++;
                complaints.AddRange((written is null ? [] : Complaints(model, written))
                    .Select(complaint => $"{model}: {complaint} ({exchange.Id})"));
            }

            _output.WriteLine($"{client} → {model}: {judged} requests judged, {refused} refused by the gateway itself");
            Assert.True(judged > 100, $"{judged}");
        }

        Assert.True(complaints.Count == 0, $"{complaints.Count}\n" + string.Join('\n', complaints.Take(40)));
    }

    public void Dispose() => _gateway.Dispose();

    private static IEnumerable<string> Complaints(string model, JsonObject written) => model switch
    {
        "mistral" => new ApiSchemaCheck(ApiSchemas.Mistral).Complaints("ChatCompletionRequest", written)
            .Where(complaint => !complaint.Contains(FileByBytes, StringComparison.Ordinal)),
        "responses" => new ApiSchemaCheck(ApiSchemas.OpenAI).Complaints("CreateResponse", written),
        "nova" or "llama" => StrictBedrock.Complaints(written),
        _ => new ApiSchemaCheck(ApiSchemas.OpenAI).Complaints("CreateChatCompletionRequest", written),
    };

    /// <summary>The recorded request, whole answers only: what is judged is what leaves.</summary>
    private static string? AsAskedOf(string model, RecordedAnswer exchange)
    {
        if (!exchange.Request.StartsWith('{'))
        {
            return null;
        }

        JsonObject body = JsonNode.Parse(exchange.Request)!.AsObject();
        if (exchange.Dialect != DialectIds.GoogleGemini)
        {
            body["model"] = model;
            body.Remove("stream");
            body.Remove("stream_options");
        }

        return body.ToJsonString();
    }

    /// <summary>What left, or null where the gateway itself refused the request.</summary>
    private async Task<JsonObject?> SendAsync(ServedClient client, string model, string body)
    {
        _gateway.Upstream.Forget();
        _gateway.Log.Lines.Clear();
        _gateway.Usage.Records.Clear();
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}"));
        using ClientCall call = await _gateway.SendAsync(
            client.Door(stream: false), body, path: client.Path(model, stream: false));
        return _gateway.Upstream.Seen.Count > 0 ? _gateway.Upstream.Last.Json : null;
    }
}
