using System.Text.Json.Nodes;
using Lightport.Admission;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

/// <summary>The decision for a token, told without the token.</summary>
public sealed class ExplainIdentityTests : IDisposable
{
    private const string Issuer = "https://id.example.com";

    private readonly ManagedGateway _gateway = new(document: """
        models: { fast: echo/fast, slow: echo/slow }
        identity:
          issuers:
            - issuer: https://id.example.com
              audience: gateway
              groups:
                map:
                  staff: { models: [fast], tags: { team: red }, limits: { requests-per-minute: 5 } }
        rules:
          - { name: red, when: 'has(key.tags.team) && key.tags.team == "red"', route: slow }
        limits:
          - { name: teams, per: tag.team, tokens-per-minute: 900 }
        """);

    [Theory]
    [InlineData("")]
    [InlineData(""","iss":"https://id.example.com" """)]
    public async Task Claims_AreWhoTheirTokenWouldBe(string more)
    {
        JsonObject told = (await ExplainAsync($$"""{"sub":"s-1","groups":["staff"]{{more}}}""")).Json;

        string id = KeyHash.Of($"{Issuer}\ns-1").Id;
        Assert.Equal(("red", "slow", id), ((string?)told["rule"], (string?)told["route"], (string?)told["key"]));
        Assert.Equal(
            [
                $$"""{"limit":"teams","subject":"tag.team:red","measure":"tokens-per-minute","most":900,"left":900}""",
                $$"""{"limit":"key","subject":"key:{{id}}","measure":"requests-per-minute","most":5,"left":5}""",
            ],
            told["limits"]!.AsArray().Select(Facts));
    }

    [Fact]
    public async Task Claims_MayAskWhatTheirGroupsMay()
    {
        ClientCall call = await ExplainAsync("""{"sub":"s-1","groups":["staff"]}""", "slow");

        Assert.Equal((403, "model_not_allowed"), (call.Status, call.Error("code")));
    }

    [Theory]
    [InlineData("""["sub"]""", "must be a JSON object")]
    [InlineData("""{"sub":"a","sub":"b","groups":["staff"]}""", "says each thing once")]
    [InlineData("""{"groups":["staff"]}""", "it has no 'sub', which says whose it is")]
    [InlineData("""{"sub":"a","groups":["guests"]}""", "in none of the groups that may ask models")]
    [InlineData("""{"sub":"a","groups":["staff"],"iss":"https://id.example.com/"}""", "none of the issuers")]
    public async Task Claims_ThatNoTokenOfOursHas_AreRefusedWithTheReason(string claims, string reason)
    {
        ClientCall call = await ExplainAsync(claims);

        Assert.Equal((400, "invalid_claims"), (call.Status, call.Error("code")));
        Assert.Contains(reason, call.Error("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARequest_IsByAKeyOrByAnIdentity()
    {
        ClientCall call = await ExplainAsync("""{"sub":"a"}""", query: "?key=5f0c9a1e77b2d3c4");

        Assert.Equal((400, "key"), (call.Status, call.Error("param")));
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> ExplainAsync(string claims, string model = "fast", string query = "") =>
        _gateway.SendAsync(
            ManagementEndpoints.Explain,
            Wires.For(model, Wires.Chat),
            query,
            headers: ("x-lightport-claims", claims));

    private static string Facts(JsonNode? limit)
    {
        var facts = limit!.DeepClone().AsObject();
        facts.Remove("then");
        return facts.ToJsonString();
    }
}
