using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws.Clients;
using Lightport.Usage;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Laws;

/// <summary>
/// Sends recorded answers through the whole gateway, every way that there is. What costs time is spread over the
/// recordings: of the sizes of pieces each takes a few in turn, and is cut in a few places. With
/// <c>LIGHTPORT_REPLAY=all</c> each takes all of them, and is cut everywhere.
/// </summary>
internal sealed class Replay(ServedClient client) : IDisposable
{
    private const int SizesInTurn = 2;

    private const int CutsInTurn = 6;

    private static readonly int[] Sizes = [1, 2, 3, 7, 64];

    private static readonly bool TakesAll =
        new ConfigurationBuilder().AddEnvironmentVariables().Build()["LIGHTPORT_REPLAY"] == "all";

    private readonly TestGateway _gateway = RecordedRoute.CreateGateway();
    private readonly Dictionary<string, List<string>> _broken = [];
    private int _answers;
    private int _passages;
    private int _cuts;

    /// <summary>How much was replayed, and how it came out.</summary>
    public string Counts
    {
        get
        {
            int failed = _broken.Values.Sum(cases => cases.Count);
            return $"{_answers} answers in {_passages} passages and {_cuts} cuts: "
                + $"{_passages + _cuts - failed} passed, {failed} failed";
        }
    }

    /// <summary>Breaches by their cause, the most frequent first.</summary>
    public string Report => string.Join("\n\n", _broken.OrderByDescending(cause => cause.Value.Count)
        .Select(cause => $"{cause.Value.Count} × {cause.Key}\n    {string.Join("\n    ", cause.Value.Take(3))}"));

    public bool Holds => _broken.Count == 0;

    public async Task RunAsync(RecordedAnswer recorded)
    {
        int turn = _answers++;
        bool same = Spoken(recorded) == client.Dialect;
        IReadOnlyList<RecordedRoute> routes = RecordedRoute.Of(recorded);
        foreach (RecordedRoute route in routes)
        {
            if (route.Exact && !same && routes.Count > 1)
            {
                // Where an answer is translated, exact or not is the same decoder.
                continue;
            }

            var whole = new Passage(client, same, route.Exact, recorded.IsStream, IncludeUsage: true, int.MaxValue);
            foreach (int size in SizesOf(recorded, turn))
            {
                await PassAsync(recorded, route, whole with { Piece = size }, client.Request(route.Model, recorded.IsStream));
            }

            if (same && Recorded(recorded, route) is { } request)
            {
                bool optional = !client.AlwaysTellsUsage;
                bool usage = optional && (bool?)request["stream_options"]?["include_usage"] == true;
                if (!route.Exact || usage || !recorded.IsStream || !optional)
                {
                    await PassAsync(recorded, route, whole with { IncludeUsage = usage }, request.ToJsonString());
                }
            }

            await CutAsync(recorded, route, whole, turn);
        }
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>The dialect whose clients read it as it came.</summary>
    private static string Spoken(RecordedAnswer recorded) =>
        recorded.Dialect == DialectIds.AnthropicBedrock ? DialectIds.AnthropicMessages : recorded.Dialect;

    private static IEnumerable<int> SizesOf(RecordedAnswer recorded, int turn)
    {
        int count = TakesAll ? Sizes.Length : recorded.IsStream ? SizesInTurn : 1;
        return [int.MaxValue, .. Enumerable.Range(turn, count).Select(place => Sizes[place % Sizes.Length])];
    }

    private static IEnumerable<int> CutsOf(RecordedAnswer recorded, int turn)
    {
        IReadOnlyList<int> cuts = RecordedFrames.Cuts(recorded);
        int stride = TakesAll ? 1 : Math.Max(1, cuts.Count / CutsInTurn);
        for (int place = turn % stride; place < cuts.Count; place += stride)
        {
            yield return cuts[place];
        }
    }

    /// <summary>The request that was recorded, as it is but for the model; null where there is none.</summary>
    private static JsonObject? Recorded(RecordedAnswer recorded, RecordedRoute route)
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

        if ((request["provider"] ?? request["models"]) is not null && !route.TakesPreferences)
        {
            return null;
        }

        if (request["conversation"] is not null || recorded.Dialect == DialectIds.AnthropicBedrock)
        {
            // It names what one account keeps, or says what a client of the gateway's does not.
            return null;
        }

        request["model"] = route.Model;
        bool streams = (bool?)request["stream"] == true;
        return streams == recorded.IsStream || recorded.Status >= 400 ? request : null;
    }

    private async Task PassAsync(RecordedAnswer recorded, RecordedRoute route, Passage passage, string request)
    {
        _passages++;
        (ClientCall call, UsageRecord record, bool sent) = await AskAsync(recorded, route, passage, request, recorded.Body);
        using (call)
        {
            if (!sent && recorded.Status >= 400)
            {
                // The provider refused a request that the gateway refuses by itself, in words of its own.
                Assert.InRange(call.Status, 400, 499);
            }
            else
            {
                Note(recorded, passage, $"piece {passage.Piece}",
                    Laws.Broken(recorded, passage, call) ?? Laws.Broken(recorded, record));
            }
        }
    }

    private async Task CutAsync(RecordedAnswer recorded, RecordedRoute route, Passage passage, int turn)
    {
        if (!recorded.IsStream || recorded.Status >= 400 || Recovered.IsErrorInside(recorded))
        {
            return;
        }

        foreach (int length in CutsOf(recorded, turn))
        {
            _cuts++;
            string request = client.Request(route.Model, stream: true);
            (ClientCall call, UsageRecord record, _) =
                await AskAsync(recorded, route, passage, request, recorded.Body[..length]);
            using (call)
            {
                Note(recorded, passage, $"cut at {length}", Laws.BrokenCut(recorded, passage, call, record));
            }
        }
    }

    private async Task<(ClientCall Call, UsageRecord Record, bool Sent)> AskAsync(
        RecordedAnswer recorded, RecordedRoute route, Passage passage, string request, byte[] body)
    {
        _gateway.Upstream.Answer(
            new ScriptedResponse(recorded.Status, recorded.MediaType, new CutBody(body, passage.Piece)));

        // An array comes to a client that asks for pieces without events.
        bool isArray = passage.Same && recorded.IsArray;
        string? path = client.Path(route.Model, passage.Stream || isArray);
        ClientCall call = await _gateway.SendAsync(
            client.Door(passage.Stream || isArray), request, path: isArray ? path!.Split('?')[0] : path);
        bool sent = _gateway.Upstream.Seen.Count > 0;
        UsageRecord record = _gateway.Record;
        _gateway.Upstream.Forget();
        _gateway.Log.Lines.Clear();
        _gateway.Usage.Records.Clear();
        return (call, record, sent);
    }

    private void Note(RecordedAnswer recorded, Passage passage, string way, string? breach)
    {
        if (breach is not null)
        {
            string[] parts = breach.Split('\n', 2);
            string exact = passage.IsCopy ? " exact" : "";
            string form = recorded.IsStream ? "stream" : "whole";
            string cause = $"{recorded.Dialect} → {client.Dialect}{exact}, {form}: {parts[0]}";
            string detail = parts.Length > 1 ? "\n" + parts[1][..Math.Min(600, parts[1].Length)] : "";
            _broken.TryAdd(cause, []);
            _broken[cause].Add($"{recorded.Id} ({way}){detail}");
        }
    }
}
