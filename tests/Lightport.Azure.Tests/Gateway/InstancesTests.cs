using System.Text.Json;
using Lightport.Azure.Tests.Storage;

namespace Lightport.Azure.Tests.Gateway;

/// <summary>Two instances on the same tables, each a process, as Azure would run them.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class InstancesTests(AzuriteFixture azurite)
{
    private const string Document = """
        # the first
        models: { mine: echo/first }
        """;

    [Fact]
    public async Task WhatIsManagedOnOne_IsInForceOnTheOther_AndForOneThatStartsLater()
    {
        string tables = azurite.NewConnectionString();
        await using HostProcess one = await HostProcess.StartAsync(tables);
        await using HostProcess other = await HostProcess.StartAsync(tables);

        (int applied, JsonElement answer) = await one.SendAsync(HttpMethod.Put, "/manage/config", Document);
        (int created, JsonElement made) = await one.SendAsync(
            HttpMethod.Post, "/manage/keys", """{"name":"team-a","models":["mine"]}""");
        string key = made.GetProperty("key").GetString()!;
        Assert.Equal((200, 201), (applied, created));

        await UntilAsync(other, answer.GetProperty("version").GetString()!);
        await using HostProcess late = await HostProcess.StartAsync(tables);
        foreach (HostProcess instance in (HostProcess[])[one, other, late])
        {
            Assert.Equal(200, (await instance.ChatAsync(key, "mine")).Status);
            Assert.Equal(403, (await instance.ChatAsync(key, "echo")).Status);
        }

        // Each instance has rows of its own, and each is written when its process stops.
        Assert.Equal((0, 0), (await other.StopAsync(), await late.StopAsync()));
        await UntilUsedAsync(one, requests: 6);
        Assert.All([one, other, late], instance =>
            Assert.DoesNotContain("canary", instance.Output, StringComparison.Ordinal));
        Assert.All([one, other, late], instance =>
            Assert.DoesNotContain(key, instance.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoAppliesAtOnce_OneWinsAndTheOtherIsTold()
    {
        string tables = azurite.NewConnectionString();
        await using HostProcess one = await HostProcess.StartAsync(tables);
        await using HostProcess other = await HostProcess.StartAsync(tables);
        await one.SendAsync(HttpMethod.Put, "/manage/config", Document);
        for (int round = 0; round < 10; round++)
        {
            (int Status, JsonElement Body)[] answers = await Task.WhenAll(
                one.SendAsync(HttpMethod.Put, "/manage/config", $"models: {{ mine: echo/one-{round} }}"),
                other.SendAsync(HttpMethod.Put, "/manage/config", $"models: {{ mine: echo/other-{round} }}"));
            (_, JsonElement versions) = await one.SendAsync(HttpMethod.Get, "/manage/config/versions");
            string current = versions.GetProperty("current").GetString()!;
            string[] won = [.. answers.Where(answer => answer.Status == 200)
                .Select(answer => answer.Body.GetProperty("version").GetString()!)];

            Assert.Contains(current, won);
            Assert.All(answers, answer => Assert.True(answer.Status is 200 or 409, $"{answer}"));
        }
    }

    private static Task UntilAsync(HostProcess instance, string version) => instance.UntilAsync(
        "/manage/health",
        health => health.GetProperty("configuration").GetProperty("version").GetString() == version);

    private static Task UntilUsedAsync(HostProcess instance, int requests) => instance.UntilAsync(
        "/manage/usage",
        usage => usage.GetProperty("total").GetProperty("requests").GetInt32() == requests);
}
