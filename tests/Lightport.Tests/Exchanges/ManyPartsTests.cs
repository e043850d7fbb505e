using System.Text;

namespace Lightport.Tests.Exchanges;

/// <summary>An answer of more parts than a model gives, or of parts that wait for each other, costs only so much.</summary>
public sealed class ManyPartsTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          m: { targets: [loose/x], retry: { attempts: 1 } }
          claude: { targets: [anthropic/claude-x], retry: { attempts: 1 } }
        """);

    [Fact]
    public async Task WholeAnswer_OfTooManyParts_IsRefused()
    {
        string texts = string.Join(',', Enumerable.Repeat("""{"type":"text","text":"a"}""", 100_001));
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            Wires.MessagesAnswer.Replace("""{"type":"text","text":"Hello"}""", texts, StringComparison.Ordinal)));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("claude", Wires.ChatStream));

        Assert.Equal((502, "The provider's answer has more than 100000 parts."), (call.Status, call.Error("message")));
    }

    /// <summary>The first call stays open, so that all of the second waits for its end.</summary>
    [Fact]
    public async Task Parts_ThatWaitForEachOther_AreHeldOnlySoFar()
    {
        string megabyte = new('a', 1024 * 1024);
        var stream = new StringBuilder(Wires.ChatRole);
        stream.Append(Call("""{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{"}}"""));
        stream.Append(Call("""{"index":1,"id":"c2","type":"function","function":{"name":"g","arguments":"{"}}"""));
        for (int i = 0; i < 17; i++)
        {
            stream.Append(Call($$$"""{"index":1,"function":{"arguments":"{{{megabyte}}}"}}"""));
        }

        stream.Append(Wires.ChatFinish).Append(Wires.ChatDone);
        _gateway.Upstream.Answer(ScriptedResponse.Events(stream.ToString()));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        Assert.Contains("event: error\n", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", call.Text, StringComparison.Ordinal);
        Assert.True(_gateway.Record.Failed);
    }

    public void Dispose() => _gateway.Dispose();

    private static string Call(string call) => Wires.ChatText.Replace(
        "\"content\":\"Hello\"", $"\"tool_calls\":[{call}]", StringComparison.Ordinal);
}
