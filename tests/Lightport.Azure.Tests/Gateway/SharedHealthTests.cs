using System.Text.Json;
using Lightport.Azure.Tests.Storage;

namespace Lightport.Azure.Tests.Gateway;

/// <summary>Instances on the same tables, each a process: what one has found to fail, the others do not try.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class SharedHealthTests(AzuriteFixture azurite)
{
    /// <summary>So many failures in a row open a breaker.</summary>
    private const int Enough = 5;

    [Fact]
    public async Task TargetThatFailsForOne_IsPassedOverByTheOther_AndByOneThatStartsLater()
    {
        await using FailingProvider provider = await FailingProvider.StartAsync();
        string tables = azurite.NewConnectionString();
        await using HostProcess one = await HostProcess.StartAsync(tables);
        await using HostProcess other = await HostProcess.StartAsync(tables);
        (int applied, JsonElement answer) = await one.SendAsync(HttpMethod.Put, "/manage/config", $$"""
            providers: { broken: { use: openai-compatible, base-url: "{{provider.Address}}", auth: none } }
            models:
              m:
                targets: [broken/x]
                fallback: [echo/one]
                breaker: { failures: {{Enough}}, open: 10m }
            """);
        Assert.True(applied == 200, $"{answer}");
        (_, JsonElement made) = await one.SendAsync(HttpMethod.Post, "/manage/keys", """{"name":"team-a"}""");
        string key = made.GetProperty("key").GetString()!;
        string version = answer.GetProperty("version").GetString()!;
        await other.UntilAsync(
            "/manage/health",
            health => health.GetProperty("configuration").GetProperty("version").GetString() == version);

        for (int i = 0; i < Enough; i++)
        {
            await AssertAnsweredAsync(one, key);
        }

        Assert.Equal(Enough, provider.Calls);
        await other.UntilAsync("/manage/health", IsOpen);
        await AssertAnsweredAsync(other, key);
        await using HostProcess late = await HostProcess.StartAsync(tables);
        await AssertAnsweredAsync(late, key);

        Assert.Equal(Enough, provider.Calls);
        (_, JsonElement told) = await late.SendAsync(HttpMethod.Post, "/manage/explain", Chat);
        JsonElement[] order = [.. told.GetProperty("targets").EnumerateArray()];
        Assert.Equal(
            ["echo", "broken"], order.Select(target => target.GetProperty("provider").GetString()));
        Assert.StartsWith(
            "its breaker is open for ", order[1].GetProperty("away").GetString(), StringComparison.Ordinal);
    }

    private static string Chat => """{"model":"m","messages":[{"role":"user","content":"Hello!"}]}""";

    private static bool IsOpen(JsonElement health) => health.GetProperty("targets").EnumerateArray().Any(target =>
        target.GetProperty("provider").GetString() == "broken"
        && target.GetProperty("breaker").GetString() == "open");

    private static async Task AssertAnsweredAsync(HostProcess instance, string key)
    {
        (int status, JsonElement body) = await instance.ChatAsync(key, "m");
        Assert.True(status == 200, $"{body}");
        Assert.Equal("echo", body.GetProperty("model").GetString());
    }
}
