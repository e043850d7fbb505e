using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class HealthTests : GatewayTests
{
    private const string Healthy = """
        {"status": "ok", "version": "0.1.0", "configuration": {"version": "v1", "error": null, "models": 3},
         "keys": {"store": "ok", "cached": 12}, "targets": [{"provider": "groq", "in_flight": 3}]}
        """;

    [Fact]
    public async Task Health_WithTheAdminKey_TellsOfTheStores()
    {
        Gateway.On("GET /manage/health", Healthy);

        ToolResult result = (await Tool.RunAsync("health")).Ended(0);

        Assert.Equal(
            """
            status                   ok
            version                  0.1.0
            configuration.version    v1
            configuration.error
            configuration.models     3
            keys.store               ok
            keys.cached              12
            targets[0].provider      groq
            targets[0].in_flight     3

            """,
            result.Output);
    }

    [Fact]
    public async Task Health_WithALongPath_KeepsItsValuesInOneColumn()
    {
        Gateway.On("GET /manage/health", """{"status": "ok", "targets": [{"first_content_ms": 35}]}""");

        ToolResult result = (await Tool.RunAsync("health")).Ended(0);

        Assert.Equal(
            """
            status                      ok
            targets[0].first_content_ms 35

            """,
            result.Output);
    }

    [Theory]
    [InlineData("ok", 0)]
    [InlineData("degraded", 0)]
    [InlineData("unavailable", 4)]
    public async Task Health_EndsAsTheStatusIs(string status, int exitCode)
    {
        string document = $$"""{"status": "{{status}}"}""";
        Gateway.On("GET /manage/health", document);

        ToolResult result = (await Tool.RunAsync("health", "--json")).Ended(exitCode);

        Assert.Equal(document + "\n", result.Output);
    }

    [Fact]
    public async Task Health_WithoutTheAdminKey_AsksTheOpenDoor()
    {
        Tool.Environment["LIGHTPORT_ADMIN_KEY"] = null;
        Gateway.On("GET /health", new FakeAnswer(503, """{"status": "unavailable"}"""));

        ToolResult result = (await Tool.RunAsync("health")).Ended(4);

        Assert.Equal("status                   unavailable\n", result.Output);
        Assert.Equal("", result.Error);
    }
}
