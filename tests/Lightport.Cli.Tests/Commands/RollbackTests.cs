using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class RollbackTests : GatewayTests
{
    private const string Look = "GET /manage/config";
    private const string Try = "PUT /manage/config?dry-run=true";
    private const string Post = "POST /manage/config/rollback";

    private const string Versions = """
        {"current": "v2", "versions": [
          {"version": "v3", "created_at": "2026-11-21T08:15:30Z", "author": "a", "note": null, "current": false},
          {"version": "v2", "created_at": "2026-11-20T08:15:30Z", "author": "a", "note": null, "current": true},
          {"version": "v1", "created_at": "2026-11-19T08:15:30Z", "author": "a", "note": null, "current": false}]}
        """;

    public RollbackTests() => Given = () => Gateway
        .On(Look, new FakeAnswer(200, "now: 2\n", "application/yaml") { Headers = { ["ETag"] = "\"e2\"" } })
        .On("GET /manage/config?version=v1", new FakeAnswer(200, "then: 1\n", "application/yaml"))
        .On("GET /manage/config/versions", Versions)
        .On(Try, Contract.Changes)
        .On(Post, Contract.Changes);

    private Func<FakeGateway> Given { get; }

    [Fact]
    public async Task Rollback_WithoutAVersion_TakesTheOneBeforeTheOneInForce()
    {
        Given();

        ToolResult result = (await Tool.RunAsync("rollback", "--yes")).Ended(0);

        Assert.StartsWith("~ changed  model fast\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Version 20261121T081530123-5f0c9a1e is in force.\n", result.Output, StringComparison.Ordinal);
        ReceivedCall looked = Gateway.Calls.Single(call => call.Line == Try);
        Assert.Equal("then: 1\n", looked.Body);
        ReceivedCall done = Gateway.Calls[^1];
        Assert.Equal(Post, done.Line);
        Assert.Equal("""{"version":"v1"}""", done.Body);
        Assert.Equal("\"e2\"", done.Header("if-match"));
        Assert.Equal("jane@contoso.com", done.Header("x-lightport-author"));
    }

    [Fact]
    public async Task Rollback_FromADocumentThatIsInNoList_TakesTheNewest()
    {
        Given().On("GET /manage/config?version=v3", new FakeAnswer(200, "then: 3\n", "application/yaml"))
            .On("GET /manage/config/versions", Versions.Replace("true", "false", StringComparison.Ordinal));

        (await Tool.RunAsync("rollback", "--yes")).Ended(0);

        Assert.Equal("""{"version":"v3"}""", Gateway.Calls[^1].Body);
    }

    [Fact]
    public async Task Rollback_ToAVersionForScripts_PrintsTheAnswerAlone()
    {
        Given().On(Post + "?note=too%20slow", Contract.Changes);

        ToolResult result = (await Tool.RunAsync("rollback", "v1", "--yes", "--json", "--note", "too slow")).Ended(0);

        Assert.Equal(Contract.Changes + "\n", result.Output);
        Assert.Equal([Look, Post + "?note=too%20slow"], Gateway.Calls.Select(call => call.Line));
    }

    [Fact]
    public async Task Rollback_WithoutAPersonOrYes_ChangesNothing()
    {
        Given();

        (await Tool.RunAsync("rollback", "v1")).Ended(2);

        Assert.DoesNotContain(Post, Gateway.Calls.Select(call => call.Line));
    }

    [Fact]
    public async Task Rollback_WhereThereIsNothingBefore_EndsWith1()
    {
        Given().On("GET /manage/config/versions", Contract.Versions);

        ToolResult result = (await Tool.RunAsync("rollback", "--yes")).Ended(1);

        Assert.Contains("There is no version before the one in force", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_ToAVersionThatIsNotThere_EndsWith1()
    {
        Given().On(
            "GET /manage/config?version=v0",
            new FakeAnswer(404, Contract.Error("There is no version v0.", "version_not_found")));

        ToolResult result = (await Tool.RunAsync("rollback", "v0", "--yes")).Ended(1);

        Assert.Contains("error: There is no version v0.", result.Error, StringComparison.Ordinal);
    }
}
