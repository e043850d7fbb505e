using Lightport.Dialects;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Prefix;

/// <summary>The whole gateway, with a target of every kind behind it.</summary>
internal sealed class PrefixGateway : IDisposable
{
    private const string Hello = """
        [{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hello","annotations":[]}]}]
        """;

    private const string Output = """[{"type":"model_output","content":[{"type":"text","text":"ok"}]}]""";

    private readonly TestGateway _gateway = new(PrefixTargets.Models);

    /// <summary>Asks wherever the client of the conversation did.</summary>
    /// <returns>What the provider was sent each time; null where the gateway refused a request.</returns>
    public async Task<IReadOnlyList<string>?> SendAsync(Talk talk, string target, Random settings)
    {
        string heard = PrefixTargets.Hears(target, talk.Dialect);
        _gateway.Upstream.Forget();
        _gateway.Log.Lines.Clear();
        _gateway.Usage.Records.Clear();
        foreach (int count in talk.Asked)
        {
            string request = talk.Request(count, target, settings);
            bool streams = talk.Dialect == DialectIds.GoogleGemini
                ? count % 2 == 0
                : request.Contains("\"stream\":true", StringComparison.Ordinal);
            _gateway.Upstream.Answer(heard switch
            {
                DialectIds.GoogleGemini => ScriptedTurn.Of(heard, """[{"text":"ok"}]""", streams),
                DialectIds.GoogleInteractions => ScriptedTurn.Of(heard, Output, streams),
                DialectIds.OpenAIResponses => ScriptedTurn.Of(heard, Hello, streams),
                DialectIds.AnthropicMessages => streams
                    ? ScriptedResponse.Events(Wires.MessagesEvents)
                    : ScriptedResponse.Json(Wires.MessagesAnswer),
                _ => streams
                    ? ScriptedResponse.Events(Wires.ChatEvents)
                    : ScriptedResponse.Json(Wires.ChatAnswer),
            });
            using ClientCall call = await PrefixDoors.SendAsync(_gateway, talk.Dialect, target, request, streams);
            if (call.Status != 200)
            {
                return null;
            }
        }

        return [.. _gateway.Upstream.Seen.Select(seen => seen.Body)];
    }

    public void Dispose() => _gateway.Dispose();
}
