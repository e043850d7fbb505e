using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

public sealed class ConfigurationDoorTests : IDisposable
{
    private const string First = "models:\n  fast: [echo/a, echo/b]   # two\n";
    private const string Second = "models:\n  fast: echo/b\n  new: echo/c\n";

    private readonly ManagedGateway _gateway = new();

    [Fact]
    public async Task Read_NothingApplied_Is404()
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Config);

        Assert.Equal((404, "version_not_found"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Apply_ADocument_IsInForceAtOnceAndComesBackAsItWas()
    {
        ClientCall applied = await _gateway.SendAsync(
            ManagementEndpoints.ConfigApply, First, "?note=two%20targets", headers: ("x-lightport-author", "jane"));
        ClientCall read = await _gateway.SendAsync(ManagementEndpoints.Config);

        string version = (string)applied.Json["version"]!;
        Assert.Equal(
            $$"""
            {"version":"{{version}}","previous":null,"dry_run":false,"changes":[{"change":"added","kind":"model","name":"fast","before":null,"after":"[\"echo/a\",\"echo/b\"]"}],"warnings":[]}
            """,
            applied.Text);
        Assert.Equal((200, First, $"\"{version}\""), (read.Status, read.Text, read.Header("ETag")));
        Assert.Equal("application/yaml; charset=utf-8", read.Header("Content-Type"));
        Assert.Equal(First, File.ReadAllText(_gateway.Document));
        Assert.Equal("echo/a", await FirstTargetAsync("fast"));
    }

    [Fact]
    public async Task Apply_DryRun_SaysWhatWouldChangeAndChangesNothing()
    {
        string version = await _gateway.ApplyAsync(First);
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, Second, "?dry-run=true");

        Assert.Equal(
            $$"""
            {"version":null,"previous":"{{version}}","dry_run":true,"changes":[{"change":"changed","kind":"model","name":"fast","before":"[\"echo/a\",\"echo/b\"]","after":"\"echo/b\""},{"change":"added","kind":"model","name":"new","before":null,"after":"\"echo/c\""}],"warnings":[]}
            """,
            call.Text);
        Assert.Equal("echo/a", await FirstTargetAsync("fast"));
        Assert.Single((await VersionsAsync())["versions"]!.AsArray());
    }

    [Fact]
    public async Task Apply_InvalidDocument_ChangesNothingAndTellsEveryMistakeWithItsPlace()
    {
        await _gateway.ApplyAsync(First);
        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.ConfigApply, "models:\n  fast: nowhere/b\n  two: { fallbck: x, targets: [echo/a] }\n");

        Assert.Equal((422, "invalid_configuration"), (call.Status, call.Error("code")));
        Assert.Equal("The configuration has 2 mistakes; nothing was changed.", call.Error("message"));
        Assert.Equal(
            [(2, 9), (3, 10)],
            call.Json["error"]!["details"]!.AsArray().Select(at => ((int)at!["line"]!, (int)at["column"]!)));
        Assert.Equal("echo/a", await FirstTargetAsync("fast"));
        Assert.Single((await VersionsAsync())["versions"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("models: [")]
    public async Task Apply_NoDocument_Is422(string text) =>
        Assert.Equal(422, (await _gateway.SendAsync(ManagementEndpoints.ConfigApply, text)).Status);

    [Fact]
    public async Task Apply_SameText_WritesNothing()
    {
        string version = await _gateway.ApplyAsync(First);
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, First);

        Assert.Equal((version, 0), ((string)call.Json["version"]!, call.Json["changes"]!.AsArray().Count));
        Assert.Single((await VersionsAsync())["versions"]!.AsArray());
    }

    [Fact]
    public async Task Apply_IfMatchOfAnotherVersion_Is412AndChangesNothing()
    {
        string first = await _gateway.ApplyAsync(First);
        await _gateway.ApplyAsync(Second);
        ClientCall late = await _gateway.SendAsync(
            ManagementEndpoints.ConfigApply, "direct: off", headers: ("If-Match", $"\"{first}\""));

        Assert.Equal((412, "precondition_failed"), (late.Status, late.Error("code")));
        Assert.Equal(Second, File.ReadAllText(_gateway.Document));
    }

    [Fact]
    public async Task Apply_HostRefuses_Is422AndChangesNothing()
    {
        _gateway.Guard.Require(_ => "It would be open to the world.");
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, First);

        Assert.Equal(422, call.Status);
        Assert.Equal("It would be open to the world.", (string)call.Json["error"]!["details"]![0]!["message"]!);
        Assert.False(File.Exists(_gateway.Document));
    }

    [Fact]
    public async Task Apply_FolderCannotBeWritten_Is409ReadOnly()
    {
        string folder = Path.Combine(_gateway.Folder.FullName, "data");
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "a file where the folder would be");
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, First);

        Assert.Equal((409, "read_only"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Apply_TooLong_Is413AndNoUtf8_Is400()
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, new string('#', (8 << 20) + 1));
        Assert.Equal((413, "request_too_large"), (call.Status, call.Error("code")));
    }

    [Theory]
    [InlineData("?dryrun=true")]
    [InlineData("?dry-run=maybe")]
    public async Task Apply_ParameterThatIsNone_Is400AndChangesNothing(string query)
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, First, query);

        Assert.Equal(400, call.Status);
        Assert.False(File.Exists(_gateway.Document));
    }

    [Fact]
    public async Task Rollback_WithoutAName_GoesToTheOneBefore()
    {
        string first = await _gateway.ApplyAsync(First);
        string second = await _gateway.ApplyAsync(Second);
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Rollback);

        Assert.Equal((first, second), ((string)call.Json["version"]!, (string)call.Json["previous"]!));
        Assert.Equal(
            ["changed fast", "removed new"],
            call.Json["changes"]!.AsArray().Select(change => $"{change!["change"]} {change["name"]}"));
        Assert.Equal("echo/a", await FirstTargetAsync("fast"));
        Assert.Equal(first, (string)(await VersionsAsync())["current"]!);
    }

    [Fact]
    public async Task Rollback_AfterABadOneWasRolledBack_GoesToTheOneThatWasReplaced()
    {
        string first = await _gateway.ApplyAsync("models: { a: echo/first }");
        await _gateway.ApplyAsync("models: { a: echo/bad }");
        await _gateway.SendAsync(ManagementEndpoints.Rollback, "{}");
        await _gateway.ApplyAsync("models: { a: echo/third }");

        ClientCall back = await _gateway.SendAsync(ManagementEndpoints.Rollback, "{}");

        Assert.Equal(first, (string)back.Json["version"]!);
    }

    [Fact]
    public async Task Apply_ManyAtOnce_WhatWasRefusedLeavesNothingToRollBackTo()
    {
        ClientCall[] calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            _gateway.SendAsync(ManagementEndpoints.ConfigApply, $"models: {{ a: echo/{number} }}")));
        string?[] applied = [.. calls.Where(call => call.Status == 200).Select(call => (string?)call.Json["version"])];

        JsonArray versions = (await VersionsAsync())["versions"]!.AsArray();

        Assert.All(calls, call => Assert.True(call.Status is 200 or 409, call.Text));
        Assert.Equal(
            applied.Order(), versions.Select(one => (string?)one!["version"]).Order());
    }

    [Fact]
    public async Task Rollback_DryRun_ChangesNothing()
    {
        await _gateway.ApplyAsync(First);
        string second = await _gateway.ApplyAsync(Second);
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Rollback, "{}", "?dry-run=true");

        Assert.Equal((200, null), (call.Status, (string?)call.Json["version"]));
        Assert.Equal(second, (string)(await VersionsAsync())["current"]!);
    }

    [Theory]
    [InlineData("""{"version":"20260101T000000000-0000000000000000"}""", 404)]
    [InlineData("""{"version":7}""", 400)]
    [InlineData("""{"versoin":"x"}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    public async Task Rollback_ToWhatIsNotThere_ChangesNothing(string body, int status)
    {
        string version = await _gateway.ApplyAsync(First);
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Rollback, body);

        Assert.Equal(status, call.Status);
        Assert.Equal(version, (string)(await VersionsAsync())["current"]!);
    }

    [Fact]
    public async Task Rollback_NothingBefore_Is404()
    {
        await _gateway.ApplyAsync(First);

        Assert.Equal(404, (await _gateway.SendAsync(ManagementEndpoints.Rollback)).Status);
    }

    [Fact]
    public async Task Rollback_ToWhatNoLongerValidates_Is422()
    {
        string first = await _gateway.ApplyAsync(First);
        await _gateway.ApplyAsync(Second);
        _gateway.Guard.Require(_ => "Not any more.");
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Rollback, $$"""{"version":"{{first}}"}""");

        Assert.Equal(422, call.Status);
        Assert.Equal(Second, File.ReadAllText(_gateway.Document));
    }

    [Fact]
    public async Task Versions_AreNewestFirstWithWhoAndWhy()
    {
        string first = await _gateway.ApplyAsync(First);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await _gateway.SendAsync(
            ManagementEndpoints.ConfigApply, Second, "?note=why", headers: ("x-lightport-author", "jane"));
        JsonArray versions = (await VersionsAsync())["versions"]!.AsArray();

        Assert.Equal(["jane", "admin"], versions.Select(one => (string)one!["author"]!));
        Assert.Equal([true, false], versions.Select(one => (bool)one!["current"]!));
        Assert.Equal(["why", null], versions.Select(one => (string?)one!["note"]));
        Assert.Equal(first, (string)versions[1]!["version"]!);
        Assert.Equal(First, (await _gateway.SendAsync(ManagementEndpoints.Config, query: $"?version={first}")).Text);
    }

    [Fact]
    public async Task Rollback_AfterAFirstApplyOverADocumentByHand_GoesBackToIt()
    {
        const string Hand = "models: { hand: echo/x }";
        using var gateway = new ManagedGateway(document: Hand);
        gateway.Clock.Advance(TimeSpan.FromDays(40_000));
        await gateway.ApplyAsync(First);
        ClientCall call = await gateway.SendAsync(ManagementEndpoints.Rollback);

        Assert.Equal(200, call.Status);
        Assert.Equal(Hand, File.ReadAllText(gateway.Document));
    }

    [Fact]
    public async Task EditedByHand_IsWhatTheNextDifferenceIsAgainst()
    {
        await _gateway.ApplyAsync(First);
        File.WriteAllText(_gateway.Document, "models: { hand: echo/x }");
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.ConfigApply, Second, "?dry-run=true");

        Assert.StartsWith("edited-", (string)call.Json["previous"]!);
        Assert.Equal(
            ["added fast", "added new", "removed hand"],
            call.Json["changes"]!.AsArray().Select(change => $"{change!["change"]} {change["name"]}"));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonObject> VersionsAsync() => (await _gateway.SendAsync(ManagementEndpoints.Versions)).Json;

    private async Task<string> FirstTargetAsync(string model)
    {
        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.Explain, $$"""{"model":"{{model}}","messages":[{"role":"user","content":"x"}]}""");
        JsonNode target = call.Json["targets"]![0]!;
        return $"{target["provider"]}/{target["model"]}";
    }
}
