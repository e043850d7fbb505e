using Lightport.Admission;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>
/// Interactions that Google keeps: each may be gone on from by the key that was told it, at the account that made it.
/// </summary>
public sealed class GoogleInteractionsOwnersTests : IDisposable
{
    private const string Streamed = """
        event: interaction.created
        data: {"event_type":"interaction.created","interaction":{"id":"v1_a","model":"gemini-3-flash","status":"in_progress"}}

        event: step.delta
        data: {"event_type":"step.delta","index":0,"delta":{"type":"text","text":"hello"}}

        event: interaction.completed
        data: {"event_type":"interaction.completed","interaction":{"id":"v1_a","status":"completed"}}


        """;

    private static readonly Dictionary<string, string> One = new() { ["x-goog-api-key"] = "one-key-0123456789" };
    private static readonly Dictionary<string, string> Two = new() { ["x-goog-api-key"] = "two-key-0123456789" };

    private readonly MemoryResponseIds _ids = new();
    private readonly TestGateway _gateway;

    public GoogleInteractionsOwnersTests() => _gateway = new TestGateway(
        $$"""
        models: { m: [google/gemini-3-flash], both: [second/gemini-3-flash, google/gemini-3-flash], other: [anthropic/x] }
        keys:
          - { name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }
          - { name: two, sha256: "{{KeyHash.Of("two-key-0123456789")}}" }
        """,
        providers: "  google: {}\n  second: { use: google, base-url: \"https://second.example\", key: GOOGLE_API_KEY }\n",
        configure: services => services.AddSingleton<IResponseIdStore>(_ids));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Interaction_IsGoneOnFrom_ByItsOwnKeyAtTheAccountThatMadeIt(bool stream)
    {
        await AnswerAsync(stream, "");
        _gateway.Upstream.Answer(ScriptedResponse.Json(InteractionsGateway.Answer));

        using ClientCall mine = await SendAsync(GoingOn("both"), One);

        Assert.True(mine.Status == 200, mine.Text);
        Assert.Equal("generativelanguage.googleapis.com", _gateway.Upstream.Last.Address.Host);
        Assert.Equal("v1_a", (string?)_gateway.Upstream.Last.Json["previous_interaction_id"]);
    }

    [Fact]
    public async Task Interaction_OfAnotherKey_IsNotFound()
    {
        await AnswerAsync(stream: false, "");

        using ClientCall others = await SendAsync(GoingOn("m"), Two);

        Assert.Equal((404, "NOT_FOUND"), (others.Status, others.Error("status")));
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Interaction_WhereTheRouteLeadsToNobodyWhoKeepsIt_IsRefused()
    {
        await AnswerAsync(stream: false, "");

        using ClientCall call = await SendAsync(GoingOn("other"), One);

        Assert.Equal(400, call.Status);
        Assert.Contains("'google' keeps what this goes on from", call.Error("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interaction_ThatIsNotToBeStored_IsNobodys()
    {
        await AnswerAsync(stream: false, ",\"store\":false");

        Assert.Empty(_ids.All);
    }

    public void Dispose() => _gateway.Dispose();

    private static string GoingOn(string model) =>
        $$"""{"model":"{{model}}","previous_interaction_id":"v1_a","input":"and?"}""";

    private async Task AnswerAsync(bool stream, string fields)
    {
        _gateway.Upstream.Answer(
            stream ? ScriptedResponse.Events(Streamed) : ScriptedResponse.Json(InteractionsGateway.Answer));
        using ClientCall call = await SendAsync(
            $$"""{"model":"m","input":"hi","stream":{{(stream ? "true" : "false")}}{{fields}}}""", One);
        Assert.True(call.Status == 200, call.Text);
    }

    private Task<ClientCall> SendAsync(string body, Dictionary<string, string> key) =>
        _gateway.SendAsync(GatewayEndpoints.InteractionsBeta, body, key);
}
