using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Usage;

namespace Lightport.Tests.Laws;

/// <summary>Sends recorded answers through the whole gateway, every way that there is.</summary>
internal sealed class Replay : IDisposable
{
    private const string Models = """
        models:
          chat-exact: { targets: [openai/m], retry: { attempts: 1 } }
          chat-loose: { targets: [loose/m], retry: { attempts: 1 } }
          messages: { targets: [anthropic/m], retry: { attempts: 1 } }
          gemini: { targets: [google/gemini-3-flash], retry: { attempts: 1 } }
          responses:
            targets: [{ to: openai/m, traits: { endpoint: openai-responses, endpoint-always: on, thinking: effort } }]
            retry: { attempts: 1 }
        """;

    private static readonly int[] Pieces = [1, 7, 64, int.MaxValue];

    private readonly TestGateway _gateway = new(Models, providers: "  google: {}\n");
    private readonly Dictionary<string, List<string>> _broken = [];

    public int Answers { get; private set; }

    public int Passages { get; private set; }

    /// <summary>Breaches by their cause, the most frequent first.</summary>
    public string Report => string.Join("\n\n", _broken.OrderByDescending(cause => cause.Value.Count)
        .Select(cause => $"{cause.Value.Count} × {cause.Key}\n    {string.Join("\n    ", cause.Value.Take(3))}"));

    public bool Holds => _broken.Count == 0;

    /// <param name="client">The dialect in which the client asks.</param>
    public async Task RunAsync(RecordedAnswer recorded, string client)
    {
        Answers++;
        bool same = recorded.Dialect == client;
        bool openai = recorded.Dialect is DialectIds.OpenAIChat or DialectIds.OpenAICompletions;
        foreach (bool exact in openai ? new[] { true, false } : [true])
        {
            foreach (int piece in recorded.IsStream ? Pieces : [7, int.MaxValue])
            {
                var passage = new Passage(client, same, exact, recorded.IsStream, IncludeUsage: true, piece);
                await RunAsync(recorded, passage, Simple(passage));
            }

            if (same && Recorded(recorded, exact) is { } request)
            {
                bool usage = openai && (bool?)request["stream_options"]?["include_usage"] == true;
                var passage = new Passage(client, same, exact, recorded.IsStream, usage, int.MaxValue);
                if (!exact || usage || !recorded.IsStream || !openai)
                {
                    await RunAsync(recorded, passage, request.ToJsonString());
                }
            }
        }
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>A stream that was asked for without <c>alt=sse</c>.</summary>
    private static bool IsArray(RecordedAnswer recorded) =>
        recorded.Dialect == DialectIds.GoogleGemini && recorded.Body[0] == '[';

    private static string Model(string dialect, bool exact) => dialect switch
    {
        DialectIds.AnthropicMessages => "messages",
        DialectIds.OpenAIResponses => "responses",
        DialectIds.GoogleGemini => "gemini",
        _ => exact ? "chat-exact" : "chat-loose",
    };

    private static string Simple(Passage passage)
    {
        string stream = passage.Stream ? "true" : "false";
        string options = passage.Stream ? ",\"stream_options\":{\"include_usage\":true}" : "";
        return passage.Client switch
        {
            DialectIds.AnthropicMessages =>
                $$"""{"model":"m","max_tokens":99,"messages":[{"role":"user","content":"hi"}],"stream":{{stream}}}""",
            DialectIds.GoogleGemini => """{"contents":[{"parts":[{"text":"hi"}]}]}""",
            DialectIds.OpenAIResponses => $$"""{"model":"m","input":"hi","stream":{{stream}}}""",
            DialectIds.OpenAIChat =>
                $$"""{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":{{stream}}{{options}}}""",
            _ => $$"""{"model":"m","prompt":"hi","stream":{{stream}}{{options}}}""",
        };
    }

    /// <summary>The request that was recorded, as it is but for the model; null where there is none.</summary>
    private static JsonObject? Recorded(RecordedAnswer recorded, bool exact)
    {
        if (!recorded.Request.StartsWith('{') || JsonNode.Parse(recorded.Request) is not JsonObject request)
        {
            return null;
        }

        if (recorded.Dialect == DialectIds.GoogleGemini)
        {
            // Its path says which model, and whether in pieces.
            return request;
        }

        if (request["conversation"] is not null)
        {
            // It names what one account keeps: refused at the door.
            return null;
        }

        request["model"] = Model(recorded.Dialect, exact);
        bool streams = (bool?)request["stream"] == true;
        return streams == recorded.IsStream || recorded.Status >= 400 ? request : null;
    }

    private async Task RunAsync(RecordedAnswer recorded, Passage passage, string request)
    {
        Passages++;
        string model = Model(recorded.Dialect, passage.Exact);
        var body = new CutBody(recorded.Body, passage.Piece);
        _gateway.Upstream.Answer(new ScriptedResponse(
            recorded.Status, recorded.IsStream ? "text/event-stream" : "application/json", body));
        GatewayEndpoint endpoint = passage.Client switch
        {
            DialectIds.GoogleGemini when passage.Stream || IsArray(recorded) => GatewayEndpoints.StreamGenerateContentBeta,
            DialectIds.GoogleGemini => GatewayEndpoints.GenerateContentBeta,
            DialectIds.AnthropicMessages => GatewayEndpoints.Messages,
            DialectIds.OpenAIResponses => GatewayEndpoints.Responses,
            DialectIds.OpenAIChat => GatewayEndpoints.ChatCompletions,
            _ => GatewayEndpoints.Completions,
        };
        using ClientCall call = passage.Client == DialectIds.GoogleGemini
            ? await _gateway.SendAsync(endpoint, request, path: passage.Stream
                ? $"/v1beta/models/{model}:streamGenerateContent?alt=sse"
                : IsArray(recorded) ? $"/v1beta/models/{model}:streamGenerateContent"
                : $"/v1beta/models/{model}:generateContent")
            : await _gateway.SendAsync(endpoint, Wires.For(model, request));
        bool sent = _gateway.Upstream.Seen.Count > 0;
        _gateway.Upstream.Forget();
        _gateway.Log.Lines.Clear();
        UsageRecord record = _gateway.Record;
        _gateway.Usage.Records.Clear();
        if (!sent && recorded.Status >= 400)
        {
            // The provider refused a request that the gateway refuses by itself, in words of its own.
            Assert.InRange(call.Status, 400, 499);
        }
        else if ((Laws.Broken(recorded, passage, call) ?? Laws.Broken(recorded, record)) is { } breach)
        {
            string[] parts = breach.Split('\n', 2);
            string exact = passage is { Same: true, Exact: true } ? " exact" : "";
            string cause = $"{recorded.Dialect} → {passage.Client}{exact}: {parts[0]}";
            string detail = parts.Length > 1 ? "\n" + parts[1][..Math.Min(600, parts[1].Length)] : "";
            _broken.TryAdd(cause, []);
            _broken[cause].Add($"{recorded.Id} (piece {passage.Piece}){detail}");
        }
    }
}
